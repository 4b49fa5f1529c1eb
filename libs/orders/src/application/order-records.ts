import type { MoneyAmount } from '@daraa/kernel';
import type { OrderRefund } from '../domain/order.js';
import type { OrderStatus } from '../domain/order-status.js';

/** What an order says of itself, for whoever compares it with its purchase and its payment. */
export interface OrderRecord {
  readonly id: string;
  readonly purchaseId: string;
  readonly paymentId: string;
  readonly status: OrderStatus;
  readonly paid: boolean;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly total: MoneyAmount;
  readonly refunds: readonly OrderRefund[];
  /** The order has told something that others may not know yet. */
  readonly inFlight: boolean;
}

/** Reads orders as they are kept. */
export abstract class OrderRecords {
  /** Those of these orders that exist. One query. */
  abstract findAll(orderIds: readonly string[]): Promise<OrderRecord[]>;
}
