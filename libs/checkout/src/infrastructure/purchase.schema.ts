import { aggregateSchema } from '@daraa/platform';

/** The collection `purchases`: the fields that queries use. */
export const purchaseSchema = aggregateSchema('purchases', {
  number: String,
  status: String,
  buyer: { type: { type: String }, id: String },
  startedAt: Date,
  expiresAt: Date,
  closingSince: Date,
});

// The buyer's own purchases that still hold stock: what a new checkout may supersede.
purchaseSchema.index({ 'buyer.id': 1, status: 1 });
// The sweep: unpaid past their time, reserving for too long, closing that was interrupted.
purchaseSchema.index({ status: 1, expiresAt: 1 });
purchaseSchema.index({ status: 1, startedAt: 1 });
purchaseSchema.index({ status: 1, closingSince: 1 });
