import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import type { Clock, MoneyAmount } from '@daraa/kernel';
import { OrderRefundRequested } from '@daraa/orders/events';
import { Payment } from '../domain/payment.js';
import { PaymentProvider } from './payment-provider.js';

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
  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly provider: PaymentProvider,
  ) {}

  /** Throws `REFUND_EXCEEDS_PAYMENT`; OutcomeUnknown when the provider does not answer, so that it is tried again. */
  async execute({ paymentId, ...refund }: RefundRequest): Promise<Payment> {
    const requestedAt = this.clock.now();
    const { aggregate } = await this.payments.update(paymentId, (payment) => payment.requestRefund({ ...refund, requestedAt }));
    return this.settle(aggregate, refund.refundId);
  }

  /** Asks the provider for a refund that is reserved, and settles it. */
  async settle(payment: Payment, refundId: string): Promise<Payment> {
    const { intentId, refunds } = payment.details;
    const refund = refunds.find((each) => each.refundId === refundId);
    if (refund?.status !== 'requested') return payment;
    if (intentId === undefined) throw new Error(`Payment ${payment.id} is captured without an intent at the provider.`);
    const outcome = await this.provider.refund({ intentId, refundId, amount: refund.amount });
    return (await this.payments.update(payment, (each) => each.settleRefund(refundId, outcome))).aggregate;
  }

  @OnDomainEvent(OrderRefundRequested, 'payments.refund-order')
  async onOrderRefundRequested({ payload }: EventOf<typeof OrderRefundRequested>): Promise<void> {
    const { refundId, paymentId, orderId, amount, reason } = payload;
    await this.execute({ refundId, paymentId, reference: orderId, amount, reason });
  }
}
