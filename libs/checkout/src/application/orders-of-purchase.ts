import type { OpenOrdersCommand } from '@daraa/orders';
import type { Purchase } from '../domain/purchase.js';

/** The orders that a purchase opens: everything they say is frozen in it. */
export function ordersOf(purchase: Purchase): OpenOrdersCommand {
  const { number, paymentId, paymentMethod, buyer, guest, shippingAddress, notes, groups, quote } = purchase.details;
  return {
    purchaseId: purchase.id,
    purchaseNumber: number,
    paymentId,
    paymentMethod,
    buyer,
    ...(guest === undefined ? {} : { guestEmail: guest.email }),
    ...(notes === undefined ? {} : { notes }),
    shippingAddress,
    at: purchase.details.startedAt,
    orders: groups.map((group, index) => {
      const priced = quote.groups[index];
      if (priced?.storeId !== group.store.id) throw new Error(`Purchase ${purchase.id} and its quote disagree about its stores.`);
      const { itemsTotal, discount, net, tax, taxIncluded, deliveryFee, serviceFee, tip } = priced;
      const total = { amount: priced.total.amount + serviceFee.amount, currency: serviceFee.currency };
      return {
        store: group.store,
        items: group.items,
        totals: { itemsTotal, discount, net, tax, taxIncluded, deliveryFee, serviceFee, tip, total },
        commissionBasisPoints: purchase.details.commissionBasisPoints,
      };
    }),
  };
}
