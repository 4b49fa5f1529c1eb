import { aggregateSchema } from '@daraa/platform';

/** The collection `payments`: the fields that queries use. */
export const paymentSchema = aggregateSchema('payments', { status: String, unknownSince: Date, refunds: [{ _id: false, status: String, requestedAt: Date }] });

// The sweep: payments whose outcome at the provider nobody knows.
paymentSchema.index({ unknownSince: 1 }, { partialFilterExpression: { unknownSince: { $exists: true } } });
// The sweep: refunds that were reserved, but not settled.
paymentSchema.index({ 'refunds.status': 1, 'refunds.requestedAt': 1 }, { partialFilterExpression: { 'refunds.status': 'requested' } });
