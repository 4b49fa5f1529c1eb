import { defineEvent } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';

export interface OrderedLine {
  readonly variantId: string;
  readonly quantity: number;
}

interface OrderFact {
  readonly orderId: string;
  readonly purchaseId: string;
  readonly storeId: string;
}

/** The purchase is confirmed: the store may start. */
export const OrderPlaced = defineEvent<OrderFact>('orders.OrderPlaced');

/**
 * The order ends without delivery. `restock` names the lines whose stock was sold to it and must come back; it is empty where
 * the purchase was never confirmed, because its holds are released then.
 */
export const OrderCancelled = defineEvent<OrderFact & { readonly reason: string; readonly restock: readonly OrderedLine[] }>(
  'orders.OrderCancelled',
);

/** The order owes its buyer money. The id is derived, so that asking twice refunds once. */
export const OrderRefundRequested = defineEvent<
  OrderFact & { readonly refundId: string; readonly paymentId: string; readonly amount: MoneyAmount; readonly reason: string }
>('orders.OrderRefundRequested');
