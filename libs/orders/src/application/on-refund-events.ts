import { Injectable } from '@nestjs/common';
import { RefundFailed, RefundSucceeded } from '@daraa/payments/events';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Order } from '../domain/order.js';

/** Tells each order what became of the refunds that it asked for. */
@Injectable()
export class OnRefundEvents {
  constructor(@InjectStore(Order) private readonly orders: AggregateStore<Order>) {}

  @OnDomainEvent(RefundSucceeded, 'orders.refund-succeeded')
  async onRefundSucceeded({ payload }: EventOf<typeof RefundSucceeded>): Promise<void> {
    await this.orders.update(payload.reference, (order) => order.settleRefund(payload.refundId, 'succeeded'));
  }

  @OnDomainEvent(RefundFailed, 'orders.refund-failed')
  async onRefundFailed({ payload }: EventOf<typeof RefundFailed>): Promise<void> {
    await this.orders.update(payload.reference, (order) => order.settleRefund(payload.refundId, 'failed'));
  }
}
