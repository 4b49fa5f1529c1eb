import type { OrderView } from '@daraa/orders';
import type { PaymentView } from '@daraa/payments';
import type { Quote } from '@daraa/pricing';
import type { Purchase } from '../domain/purchase.js';
import type { CheckoutResponse, PurchaseResponse, QuoteResponse } from './checkout.response.js';

/** A purchase with its orders and payment, every field named. */
export function purchaseResponse(purchase: Purchase, orders: readonly OrderView[], payment: PaymentView | undefined): PurchaseResponse {
  const { number, status, quote, paymentId, paymentMethod, expiresAt, startedAt } = purchase.details;
  return {
    id: purchase.id,
    number,
    status,
    total: quote.total,
    toPay: quote.toPay,
    orders: orders as PurchaseResponse['orders'],
    payment: {
      id: paymentId,
      status: payment?.status ?? 'pending',
      method: paymentMethod,
      ...(payment?.clientSecret ? { clientSecret: payment.clientSecret } : {}),
      ...(payment?.failure ? { failureMessage: payment.failure.message } : {}),
    },
    expiresAt,
    createdAt: startedAt,
    version: purchase.version,
  };
}

export function checkoutResponse(purchase: Purchase, orders: readonly OrderView[], payment: PaymentView | undefined): CheckoutResponse {
  return { purchase: purchaseResponse(purchase, orders, payment) };
}

/** A quote, every field named. There is one way of delivery until stores draw zones of their own. */
export function quoteResponse(quote: Quote): QuoteResponse {
  return {
    groups: quote.groups.map(({ storeId, itemsTotal, discount, tax, deliveryFee, tip, total }) => ({
      storeId,
      itemsTotal,
      discount,
      tax,
      deliveryFee,
      tip,
      deliveryMethods: [{ id: 'standard', name: 'Standard delivery', price: deliveryFee, eta: '1-3 days' }],
      total,
    })),
    itemsTotal: quote.itemsTotal,
    discount: quote.discount,
    tax: quote.tax,
    deliveryFee: quote.deliveryFee,
    serviceFee: quote.serviceFee,
    total: quote.total,
    pointsValue: quote.pointsValue,
    walletApplied: quote.walletApplied,
    toPay: quote.toPay,
  };
}
