import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import type { Clock, MoneyAmount } from '@daraa/kernel';
import { OrderRefundRequested } from '@daraa/orders/events';
import { Payment } from '../domain/payment.js';
import type { PaymentRefund, RefundOutcome } from '../domain/payment.js';
import { OutcomeUnknown, PaymentProvider } from './payment-provider.js';
import { isKeyForgotten } from './provider-keys.js';

/** Money to give back. The id is the asker's to derive: asking twice refunds once. */
export interface RefundRequest {
  readonly refundId: string;
  readonly paymentId: string;
  /** The order that asks. */
  readonly reference: string;
  readonly amount: MoneyAmount;
  readonly reason: string;
}

/** Gives money back: reserved in the payment first, then asked of the provider, then settled. Each step can be repeated. */
@Injectable()
export class RefundPayment {
  private readonly logger = new Logger(RefundPayment.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly provider: PaymentProvider,
  ) {}

  /**
   * Reserves and refunds. Where the provider does not answer, or is still at it, the refund stays `requested` and the sweep goes
   * on with it. Throws `REFUND_EXCEEDS_PAYMENT`, `INVALID_TRANSITION`, `PAYMENT_NOT_FOUND`.
   */
  async execute({ paymentId, ...refund }: RefundRequest): Promise<Payment> {
    const requestedAt = this.clock.now();
    const { aggregate } = await this.payments.update(paymentId, (payment) => payment.requestRefund({ ...refund, requestedAt }));
    return this.settle(aggregate, refund.refundId);
  }

  /** Asks the provider for a refund that is reserved, and settles it where the provider answers. */
  async settle(payment: Payment, refundId: string): Promise<Payment> {
    const refund = payment.openRefunds.find((each) => each.refundId === refundId);
    if (!refund) return payment;
    try {
      const outcome = await this.ask(payment, refund);
      return (await this.payments.update(payment, (each) => each.settleRefund(refundId, outcome))).aggregate;
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      this.logger.warn(`Refund ${refundId} of ${payment.id} is not settled yet: ${error.message}`);
      return payment;
    }
  }

  @OnDomainEvent(OrderRefundRequested, 'payments.refund-order')
  async onOrderRefundRequested({ payload }: EventOf<typeof OrderRefundRequested>): Promise<void> {
    const { refundId, paymentId, orderId, amount, reason } = payload;
    await this.execute({ refundId, paymentId, reference: orderId, amount, reason });
  }

  private async ask(payment: Payment, { refundId, amount, requestedAt }: PaymentRefund): Promise<RefundOutcome> {
    const { intentId } = payment.details;
    if (intentId === undefined) throw new Error(`Payment ${payment.id} is captured without an intent at the provider.`);
    const found = isKeyForgotten(requestedAt, this.clock.now()) ? await this.provider.findRefund(intentId, refundId) : undefined;
    return found ?? this.provider.refund({ intentId, paymentId: payment.id, refundId, amount });
  }
}
