import { Injectable } from '@nestjs/common';
import { markHandledDirectly } from '@daraa/platform';
import { OpenOrders } from './application/open-orders.js';
import type { OpenOrdersCommand } from './application/open-orders.js';
import { END_ORDERS, endReason, PLACE_ORDERS } from './application/on-purchase-events.js';
import { OrderQueries } from './application/order-queries.js';
import { OrderRecords } from './application/order-records.js';
import type { OrderRecord } from './application/order-records.js';
import { PlaceOrders } from './application/place-orders.js';
import type { Order } from './domain/order.js';
import { viewOf } from './orders.views.js';
import type { OrderView } from './orders.views.js';

/** Orders that were just opened, at hand, so that placing them needs no read. */
export class OpenedOrders {
  /** @internal only Orders makes these */
  constructor(readonly aggregates: readonly Order[]) {}

  get views(): OrderView[] {
    return this.aggregates.map(toView);
  }
}

function toView(order: Order): OrderView {
  const { id, version, state } = order.snapshot();
  return viewOf(id, version, state);
}

/** What other contexts may ask of orders. */
@Injectable()
export class Orders {
  constructor(
    private readonly openOrders: OpenOrders,
    private readonly placeOrders: PlaceOrders,
    private readonly queries: OrderQueries,
    private readonly records: OrderRecords,
  ) {}

  /** Opens one order per store of a purchase. Repeating finds the first ones. */
  async open(command: OpenOrdersCommand): Promise<OpenedOrders> {
    return new OpenedOrders(await this.openOrders.execute(command));
  }

  /** Places the orders of a confirmed purchase (`paid`: its money was captured). Repeating changes nothing. */
  async place(purchaseId: string, opened: OpenedOrders, paid: boolean): Promise<OrderView[]> {
    const placed = await this.placeOrders.place(opened.aggregates, paid);
    markHandledDirectly(PLACE_ORDERS, purchaseId);
    return placed.map(toView);
  }

  /** The same for orders that are not at hand. */
  async placeById(purchaseId: string, orderIds: readonly string[], paid: boolean): Promise<OrderView[]> {
    const placed = await this.placeOrders.placeById(orderIds, paid);
    markHandledDirectly(PLACE_ORDERS, purchaseId);
    return placed.map(toView);
  }

  /** Cancels the orders of a purchase that ended unpaid. Repeating changes nothing. */
  async endUnpaid(purchaseId: string, orderIds: readonly string[], status: 'failed' | 'expired' | 'cancelled'): Promise<OrderView[]> {
    const ended = await this.placeOrders.endUnpaid(orderIds, endReason(status));
    markHandledDirectly(END_ORDERS, purchaseId);
    return ended.map(toView);
  }

  /** The orders of one purchase, in the order of their numbers. */
  ofPurchase(purchaseId: string): Promise<OrderView[]> {
    return this.queries.ofPurchase(purchaseId);
  }

  /** What these orders say of themselves, for checks; those that do not exist are left out. One query. */
  recordsOf(orderIds: readonly string[]): Promise<OrderRecord[]> {
    return this.records.findAll(orderIds);
  }
}
