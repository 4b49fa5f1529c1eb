import type { Actor, Page, PageRequest } from '@daraa/kernel';
import type { OrderStatus } from '../domain/order-status.js';
import type { OrderView } from '../orders.views.js';

/** Reads orders as plain views. */
export abstract class OrderQueries {
  /** The buyer's own order; anybody else's is `ORDER_NOT_FOUND`. */
  abstract ofBuyer(orderId: string, buyer: Actor): Promise<OrderView>;

  /** The buyer's orders, newest first. */
  abstract listOfBuyer(buyer: Actor, page: PageRequest, status?: OrderStatus): Promise<Page<OrderView>>;

  /** A guest's order by its number and the email it was bought with; `ORDER_NOT_FOUND` unless both fit. */
  abstract ofGuest(number: string, email: string): Promise<OrderView>;

  /** The orders of one purchase, in the order of their numbers. */
  abstract ofPurchase(purchaseId: string): Promise<OrderView[]>;
}
