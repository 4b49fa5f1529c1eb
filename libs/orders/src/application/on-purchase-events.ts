import { Injectable } from '@nestjs/common';
import { PurchaseConfirmed, PurchaseEnded, PurchasePaidLate } from '@daraa/checkout/events';
import { OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { PlaceOrders } from './place-orders.js';

export const PLACE_ORDERS = 'orders.place';
export const END_ORDERS = 'orders.end-unpaid';

const REASONS = {
  failed: 'Not everything was in stock.',
  expired: 'The purchase was not paid in time.',
  cancelled: 'The purchase was cancelled before it was paid.',
};

/** Orders follow their purchase; the checkout itself does it first, these repeat it after a crash. */
@Injectable()
export class OnPurchaseEvents {
  constructor(private readonly placeOrders: PlaceOrders) {}

  @OnDomainEvent(PurchaseConfirmed, PLACE_ORDERS)
  async onPurchaseConfirmed({ payload }: EventOf<typeof PurchaseConfirmed>): Promise<void> {
    await this.placeOrders.placeById(payload.orderIds, payload.paid);
  }

  @OnDomainEvent(PurchaseEnded, END_ORDERS)
  async onPurchaseEnded({ payload }: EventOf<typeof PurchaseEnded>): Promise<void> {
    await this.placeOrders.endUnpaid(payload.orderIds, endReason(payload.status));
  }

  @OnDomainEvent(PurchasePaidLate, 'orders.refund-late-payment')
  async onPurchasePaidLate({ payload }: EventOf<typeof PurchasePaidLate>): Promise<void> {
    await this.placeOrders.refundLatePayment(payload.orderIds);
  }
}

/** Why an order ended with its unpaid purchase, in words. */
export function endReason(status: 'failed' | 'expired' | 'cancelled'): string {
  return REASONS[status];
}
