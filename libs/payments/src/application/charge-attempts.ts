import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import type { IntentOutcome } from '../domain/intent-outcome.js';
import { Payment } from '../domain/payment.js';
import type { PaymentAttempt } from '../domain/payment.js';
import { OutcomeUnknown, PaymentProvider } from './payment-provider.js';

const HOUR_MS = 3_600_000;
/** The provider keeps keys for 24 hours; an older call is looked up before it is repeated. */
const KEYS_LAST_MS = 23 * HOUR_MS;

/** Makes the attempt that a payment has recorded last, and writes down its outcome. Repeating it repeats no charge. */
@Injectable()
export class ChargeAttempts {
  private readonly logger = new Logger(ChargeAttempts.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    private readonly provider: PaymentProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The payment with the outcome of its last attempt; unchanged where the provider does not answer. */
  async makeLast(payment: Payment): Promise<Payment> {
    const attempt = payment.lastAttempt;
    if (!attempt) return payment;
    try {
      return await this.apply(payment, await this.ask(payment, attempt));
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      this.logger.warn(`Payment ${payment.id} waits for the outcome of ${attempt.attemptId}: ${error.message}`);
      return payment;
    }
  }

  /** Writes down what the provider says. */
  async apply(payment: Payment | string, outcome: IntentOutcome): Promise<Payment> {
    return (await this.payments.update(payment, (each) => each.apply(outcome))).aggregate;
  }

  private async ask(payment: Payment, attempt: PaymentAttempt): Promise<IntentOutcome> {
    const { intentId, payable, amount, description } = payment.details;
    const { attemptId, paymentMethodId } = attempt;
    const keyIsForgotten = this.clock.now().getTime() - attempt.startedAt.getTime() > KEYS_LAST_MS;
    if (attempt.operation === 'confirm' && intentId !== undefined && paymentMethodId !== undefined) {
      if (keyIsForgotten) return this.provider.retrieve(intentId);
      return this.provider.confirm({ intentId, attemptId, paymentMethodId });
    }
    const found = keyIsForgotten ? await this.provider.search(payment.id, attempt.startedAt) : undefined;
    if (found) return found;
    return this.provider.create({
      paymentId: payment.id,
      attemptId,
      payableId: payable.id,
      amount,
      description,
      ...(paymentMethodId === undefined ? {} : { paymentMethodId }),
    });
  }
}
