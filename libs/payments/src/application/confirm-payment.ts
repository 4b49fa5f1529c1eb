import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { derivedId, DomainError } from '@daraa/kernel';
import type { Actor, Clock } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';
import { viewOf } from '../payments.views.js';
import { ChargeAttempts } from './charge-attempts.js';
import { OutcomeUnknown, PaymentProvider } from './payment-provider.js';

/** Tries again after a decline, or goes on after 3-D Secure. There is one intent per payment, so two tries cannot charge twice. */
@Injectable()
export class ConfirmPayment {
  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly attempts: ChargeAttempts,
    private readonly provider: PaymentProvider,
  ) {}

  /**
   * With a payment method: another attempt. Without: asks the provider what the client has done. Throws `PAYMENT_FAILED` when it
   * is declined, `ORDER_ALREADY_PAID`, `INVALID_TRANSITION`, and `PAYMENT_NOT_FOUND` for anybody but the buyer.
   */
  async execute(paymentId: string, buyer: Actor, paymentMethodId: string | undefined): Promise<Payment> {
    const payment = await this.payments.get(paymentId);
    payment.mustBelongTo(buyer);
    const known = payment.isOutcomeUnknown ? await this.attempts.makeLast(payment) : payment;
    const settled = paymentMethodId === undefined ? await this.lookUp(known) : await this.attempt(known, paymentMethodId);
    const { failure } = settled.details;
    if (settled.status === 'failed') {
      throw new DomainError('PAYMENT_FAILED', {
        ...(failure === undefined ? {} : { message: failure.message }),
        data: { payment: viewOf(settled), ...(failure === undefined ? {} : { declineCode: failure.code }) },
      });
    }
    return settled;
  }

  private async attempt(payment: Payment, paymentMethodId: string): Promise<Payment> {
    const startedAt = this.clock.now();
    const { aggregate } = await this.payments.update(payment, (each) => {
      const attemptId = derivedId('att', each.id, String(each.details.attempts.length + 1));
      each.startAttempt({ attemptId, operation: 'confirm', paymentMethodId, startedAt });
    });
    return this.attempts.makeLast(aggregate);
  }

  private async lookUp(payment: Payment): Promise<Payment> {
    const { intentId } = payment.details;
    if (payment.isCaptured) throw new DomainError('ORDER_ALREADY_PAID');
    if (intentId === undefined) return payment;
    try {
      return await this.attempts.apply(payment, await this.provider.retrieve(intentId));
    } catch (error) {
      if (error instanceof OutcomeUnknown) throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
      throw error;
    }
  }
}
