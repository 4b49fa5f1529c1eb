import { DomainError } from '@daraa/kernel';
import type { OrderStatus } from './order-status.js';

const CUSTOMER_MAY_CANCEL: readonly OrderStatus[] = ['placed', 'accepted'];

/** A customer may cancel until the store prepares the order. Throws `ORDER_CANNOT_CANCEL` with what to do instead. */
export function customerMustBeAbleToCancel(status: OrderStatus): void {
  if (CUSTOMER_MAY_CANCEL.includes(status)) return;
  if (status === 'awaiting_payment') {
    throw new DomainError('ORDER_CANNOT_CANCEL', {
      message: 'The order is not paid yet. Cancel the whole purchase instead: POST /purchases/:id/cancel.',
    });
  }
  throw new DomainError('ORDER_CANNOT_CANCEL', { message: `The order is ${status}; it cannot be cancelled any more.` });
}
