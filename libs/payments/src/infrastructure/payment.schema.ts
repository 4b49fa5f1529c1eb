import { aggregateSchema } from '@daraa/platform';

/** The collection `payments`: the fields that queries use. */
export const paymentSchema = aggregateSchema('payments', { checkAt: Date });

// The sweep: payments with something open at the provider, the most overdue first.
paymentSchema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $exists: true } } });
