import { aggregateSchema } from '@daraa/platform';

/** The collection `orders`: the fields that queries use. */
export const orderSchema = aggregateSchema('orders', {
  number: String,
  purchaseId: String,
  status: String,
  buyer: { type: { type: String }, id: String },
  store: { id: String },
  guestEmail: String,
});

// A customer's orders, newest first, all or of one state: GET /orders. Ids sort by time.
orderSchema.index({ 'buyer.id': 1, _id: -1 });
orderSchema.index({ 'buyer.id': 1, status: 1, _id: -1 });
// The orders of one purchase: GET /purchases/:id.
orderSchema.index({ purchaseId: 1 });
// A guest's order by number (and email): POST /orders/lookup.
orderSchema.index({ number: 1 }, { unique: true });
