import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import { derivedId, Money } from '@daraa/kernel';
import type { Actor, LocalisedText } from '@daraa/kernel';
import { commissionOf } from '../domain/commission.js';
import { Order } from '../domain/order.js';
import type { DeliveryAddress, OrderDraft } from '../domain/order.js';
import type { OrderLine, OrderTotals } from '../domain/order-line.js';

/** A line of a purchase, priced; the order adds its commission. */
export type OrderedItem = Omit<OrderLine, 'itemId' | 'commission'>;

/** One store's part of a purchase. */
export interface OrderRequest {
  readonly store: { readonly id: string; readonly name: LocalisedText; readonly slug: string };
  readonly items: readonly OrderedItem[];
  readonly totals: OrderTotals;
  /** The platform's share of goods in basis points, frozen from now on. */
  readonly commissionBasisPoints: number;
}

/** A placed purchase that becomes one order per store. */
export interface OpenOrdersCommand {
  readonly purchaseId: string;
  readonly purchaseNumber: string;
  readonly paymentId: string;
  readonly paymentMethod: string;
  readonly buyer: Actor;
  readonly guestEmail?: string;
  readonly shippingAddress: DeliveryAddress;
  readonly notes?: string;
  readonly orders: readonly OrderRequest[];
  readonly at: Date;
}

/** The id of the order of one store in one purchase; the same every time. */
export function orderIdOf(purchaseId: string, storeId: string): string {
  return derivedId('ord', purchaseId, storeId);
}

/** Opens the orders of a purchase, one per store, with derived ids: opening them again finds the first ones. */
@Injectable()
export class OpenOrders {
  constructor(@InjectStore(Order) private readonly orders: AggregateStore<Order>) {}

  /** The opened orders, in the order of the request; numbered `<purchase>-1`, `-2`, …. */
  execute(command: OpenOrdersCommand): Promise<Order[]> {
    const doing = { actor: command.buyer, at: command.at };
    return this.orders.insertOrGetAll(
      command.orders.map((request, index) =>
        Order.open(orderIdOf(command.purchaseId, request.store.id), draftOf(command, request, index), doing),
      ),
    );
  }
}

function draftOf(command: OpenOrdersCommand, request: OrderRequest, index: number): OrderDraft {
  const { items, totals, commissionBasisPoints, store } = request;
  const orderId = orderIdOf(command.purchaseId, store.id);
  const { shares, ...commission } = commissionOf(
    totals.net,
    commissionBasisPoints,
    items.map((item) => item.net),
  );
  return {
    number: `${command.purchaseNumber}-${index + 1}`,
    purchaseId: command.purchaseId,
    paymentId: command.paymentId,
    paymentMethod: command.paymentMethod,
    store,
    buyer: command.buyer,
    ...(command.guestEmail === undefined ? {} : { guestEmail: command.guestEmail.toLowerCase() }),
    ...(command.notes === undefined ? {} : { notes: command.notes }),
    shippingAddress: command.shippingAddress,
    lines: items.map((item, position) => ({
      ...item,
      itemId: derivedId('itm', orderId, item.variantId),
      commission: shares[position] ?? Money.zero(totals.net.currency).toJSON(),
    })),
    totals,
    commission,
    openedAt: command.at,
  };
}
