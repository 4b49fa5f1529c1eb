import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { derivedId, DomainError } from '@daraa/kernel';
import type { Actor, Clock } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';
import { viewOf } from '../payments.views.js';
import { ChargeAttempts } from './charge-attempts.js';
import { OutcomeUnknown } from './payment-provider.js';

/** What a buyer tries. */
export interface Confirmation {
  /** Another card; without it the provider is asked what the client has completed. */
  readonly paymentMethodId?: string;
  /** The id of the attempt where the caller mints it: confirming again with it makes no other attempt. */
  readonly attemptId?: string;
}

/** Tries again after a decline, or goes on after 3-D Secure. There is one intent per payment, so two tries cannot charge twice. */
@Injectable()
export class ConfirmPayment {
  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly attempts: ChargeAttempts,
  ) {}

  /**
   * The payment after the attempt; `processing` where nobody knows its outcome yet, or that of an earlier attempt, which must be
   * known before another is made. Throws `PAYMENT_FAILED` when it is declined, `ORDER_ALREADY_PAID` when another card comes too
   * late, `INVALID_TRANSITION`, `SERVICE_UNAVAILABLE`, and `PAYMENT_NOT_FOUND` for anybody but the buyer.
   */
  async execute(paymentId: string, buyer: Actor, { paymentMethodId, attemptId }: Confirmation): Promise<Payment> {
    const payment = await this.payments.get(paymentId);
    payment.mustBelongTo(buyer);
    const settled =
      paymentMethodId === undefined ? await this.lookUp(payment) : await this.attempt(payment, paymentMethodId, attemptId);
    const { failure } = settled.details;
    if (settled.status === 'failed') {
      throw new DomainError('PAYMENT_FAILED', {
        ...(failure === undefined ? {} : { message: failure.message }),
        data: { payment: viewOf(settled), ...(failure === undefined ? {} : { declineCode: failure.code }) },
      });
    }
    return settled;
  }

  /** Where another attempt is under way its outcome is awaited; with the same card that is the answer, else it is this card's turn. */
  private async attempt(payment: Payment, paymentMethodId: string, attemptId: string | undefined): Promise<Payment> {
    const startedAt = this.clock.now();
    const { aggregate, result: isOurs } = await this.payments.update(payment, (each) =>
      each.startAttempt({ attemptId: attemptId ?? nextAttemptOf(each), paymentMethodId, startedAt }),
    );
    const settled = await this.attempts.makeLast(aggregate);
    const isTried = isOurs || aggregate.details.attempts.some((known) => known.attemptId === attemptId);
    const isSameCard = aggregate.lastAttempt?.paymentMethodId === paymentMethodId;
    if (isTried || isSameCard || settled.isOutcomeUnknown) return settled;
    return this.attempt(settled, paymentMethodId, attemptId);
  }

  private async lookUp(payment: Payment): Promise<Payment> {
    const { intentId } = payment.details;
    if (payment.isEnded) return payment;
    if (payment.isOutcomeUnknown) return this.attempts.makeLast(payment);
    if (intentId === undefined) return payment;
    try {
      return await this.attempts.lookAt(payment, intentId);
    } catch (error) {
      if (error instanceof OutcomeUnknown) throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
      throw error;
    }
  }
}

function nextAttemptOf(payment: Payment): string {
  return derivedId('att', payment.id, String(payment.details.attempts.length + 1));
}
