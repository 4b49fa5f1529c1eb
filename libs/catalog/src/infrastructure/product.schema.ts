import { aggregateSchema } from '@daraa/platform';
import { SKU_INDEX } from '../application/sku-taken.js';

/** The collection `products`: the fields that queries use. */
export const productSchema = aggregateSchema('products', {
  storeId: String,
  slug: String,
  status: String,
  variants: [{ _id: false, type: { variantId: String, sku: String } }],
});

// One product by its readable address: GET /products/:slug. Unique: the second product of a name gets a longer slug.
productSchema.index({ slug: 1 }, { unique: true });
// A SKU names one variant of a store; without variants there is nothing to keep apart.
productSchema.index(
  { storeId: 1, 'variants.sku': 1 },
  { name: SKU_INDEX, unique: true, partialFilterExpression: { 'variants.0': { $exists: true } } },
);
// The variants in a cart or an order, in one query: Catalog.variants.
productSchema.index({ 'variants.variantId': 1 });
// A store's own products, newest first, all or of one state: GET /stores/:storeId/products. Ids sort by time.
productSchema.index({ storeId: 1, _id: -1 });
productSchema.index({ storeId: 1, status: 1, _id: -1 });
// Products that do not know yet what their store has become: after StoreSuspended and its like.
productSchema.index({ storeId: 1, 'store.version': 1 });
