import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import type { IntentOutcome } from '../domain/intent-outcome.js';
import { Payment } from '../domain/payment.js';
import type { PaymentAttempt } from '../domain/payment.js';
import { OutcomeUnknown, PaymentProvider } from './payment-provider.js';
import type { CreateIntent } from './payment-provider.js';
import { isKeyForgotten, periodOf } from './provider-keys.js';

/** An attempt that never reached the provider while its key lasted: it is not made a day late. */
const NEVER_MADE: IntentOutcome = {
  intentId: null,
  clientSecret: null,
  status: 'failed',
  failure: { code: 'attempt_expired', message: 'The payment could not be made in time. Try again.' },
};

/** Makes the attempt that a payment has recorded last, and writes down what the provider says. Repeating it repeats no charge. */
@Injectable()
export class ChargeAttempts {
  private readonly logger = new Logger(ChargeAttempts.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    private readonly provider: PaymentProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The payment with the outcome of its last attempt; as it is where that is known, where the provider does not answer, or where
   * the payment shall be cancelled.
   */
  async makeLast(payment: Payment): Promise<Payment> {
    const attempt = payment.lastAttempt;
    if (!attempt || !payment.isOutcomeUnknown || payment.isCancelling) return payment;
    try {
      const outcome = await this.ask(payment, attempt);
      return (await this.payments.update(payment, (each) => each.settleAttempt(attempt.attemptId, outcome))).aggregate;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      this.logger.warn(`Payment ${payment.id} waits for the outcome of ${attempt.attemptId}: ${error.message}`);
      return payment;
    }
  }

  /** Looks at the intent as it is at the provider now. Throws OutcomeUnknown. */
  async lookAt(payment: Payment, intentId: string): Promise<Payment> {
    return this.observe(payment, await this.provider.retrieve(intentId));
  }

  /** Writes down how the intent stands; `payment` is what was known before the provider was asked. */
  async observe(payment: Payment, outcome: IntentOutcome): Promise<Payment> {
    const [seen, at] = [payment.lastAttempt?.attemptId, this.clock.now()];
    return (await this.payments.update(payment, (each) => each.observe(outcome, seen, at))).aggregate;
  }

  /**
   * The intent of a payment that shall be cancelled; null where none was opened. From now on an attempt that is still on its way
   * charges nothing. Throws OutcomeUnknown.
   */
  async secureIntent(payment: Payment): Promise<string | null> {
    const attempt = payment.lastAttempt;
    const known = payment.details.intentId ?? null;
    if (known !== null || !attempt || !payment.isOutcomeUnknown) return known;
    if (this.isForgotten(attempt)) return (await this.search(payment, attempt)).intentId;
    return (await this.provider.createUncharged(requestOf(payment, attempt))).intentId;
  }

  private async ask(payment: Payment, attempt: PaymentAttempt): Promise<IntentOutcome> {
    const { intentId } = payment.details;
    const { attemptId, operation, paymentMethodId } = attempt;
    if (operation === 'create') {
      return this.isForgotten(attempt) ? this.search(payment, attempt) : this.provider.create(requestOf(payment, attempt));
    }
    if (intentId === undefined || paymentMethodId === undefined) throw new Error(`Attempt ${attemptId} has nothing to confirm.`);
    if (this.isForgotten(attempt)) return this.provider.retrieve(intentId);
    return this.provider.confirm({ intentId, attemptId, paymentMethodId });
  }

  private async search(payment: Payment, attempt: PaymentAttempt): Promise<IntentOutcome> {
    return (await this.provider.search(payment.id, periodOf(attempt.startedAt))) ?? NEVER_MADE;
  }

  private isForgotten(attempt: PaymentAttempt): boolean {
    return isKeyForgotten(attempt.startedAt, this.clock.now());
  }
}

function requestOf(payment: Payment, { attemptId, paymentMethodId }: PaymentAttempt): CreateIntent {
  const { payable, amount, description } = payment.details;
  return {
    paymentId: payment.id,
    attemptId,
    payableId: payable.id,
    amount,
    description,
    ...(paymentMethodId === undefined ? {} : { paymentMethodId }),
  };
}
