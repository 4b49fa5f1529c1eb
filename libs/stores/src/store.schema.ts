import { aggregateSchema } from '@daraa/platform';

/** The collection `stores`: the fields that queries use. */
export const storeSchema = aggregateSchema('stores', { ownerId: String, slug: String, status: String });

// One store by its readable address: GET /stores/:slug. Unique: the second store of a name gets a longer slug.
storeSchema.index({ slug: 1 }, { unique: true });
// An owner's stores, newest first: GET /me/stores.
storeSchema.index({ ownerId: 1, _id: -1 });
// Stores of one state, newest first: GET /stores (approved), GET /admin/stores?status=. Ids sort by time.
storeSchema.index({ status: 1, _id: -1 });
