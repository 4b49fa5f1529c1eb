import type { PaymentRequest } from '@daraa/payments';
import type { Purchase } from '../domain/purchase.js';

/** What payments needs to know of a purchase. */
export function payableOf(purchase: Purchase): PaymentRequest {
  const { paymentId, paymentMethod, buyer, number } = purchase.details;
  return {
    paymentId,
    payable: { type: 'purchase', id: purchase.id },
    amount: purchase.toPay,
    method: paymentMethod,
    buyer,
    description: `Purchase ${number}`,
  };
}
