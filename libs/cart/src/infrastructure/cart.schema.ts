import { aggregateSchema } from '@daraa/platform';

export const CARTS = 'carts';

/** The collection `carts`: the fields that queries use. A guest's token is nowhere in it; the id follows from it. */
export const cartSchema = aggregateSchema(CARTS, { expiresAt: Date });

// The sweep: carts that have expired.
cartSchema.index({ expiresAt: 1 });
