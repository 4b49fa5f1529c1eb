import { Injectable, Logger } from '@nestjs/common';
import { isId } from '@daraa/kernel';
import { RefundFailed, RefundSucceeded } from '@daraa/payments/events';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Order } from '../domain/order.js';

interface SettledRefund {
  readonly reference: string;
  readonly refundId: string;
}

/** Tells each order what became of the refunds that it asked for. */
@Injectable()
export class OnRefundEvents {
  private readonly logger = new Logger(OnRefundEvents.name);

  constructor(@InjectStore(Order) private readonly orders: AggregateStore<Order>) {}

  @OnDomainEvent(RefundSucceeded, 'orders.refund-succeeded')
  async onRefundSucceeded({ payload }: EventOf<typeof RefundSucceeded>): Promise<void> {
    await this.settle(payload, 'succeeded');
  }

  @OnDomainEvent(RefundFailed, 'orders.refund-failed')
  async onRefundFailed({ payload }: EventOf<typeof RefundFailed>): Promise<void> {
    this.logger.error(`Refund ${payload.refundId} of ${payload.reference} is refused, a person must act: ${payload.reason}`);
    await this.settle(payload, 'failed');
  }

  /** Others may ask for refunds as well; those are not about an order. */
  private async settle({ reference, refundId }: SettledRefund, status: 'succeeded' | 'failed'): Promise<void> {
    if (isId('ord', reference)) await this.orders.update(reference, (order) => order.settleRefund(refundId, status));
  }
}
