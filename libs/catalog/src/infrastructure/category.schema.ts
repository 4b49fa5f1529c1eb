import { aggregateSchema } from '@daraa/platform';

/** The collection `categories`: the fields that queries use. */
export const categorySchema = aggregateSchema('categories', { slug: String, active: Boolean, position: Number });

// One category by its readable address: GET /products?category=coffee.
categorySchema.index({ slug: 1 }, { unique: true });
// The tree, siblings in their order: GET /categories.
categorySchema.index({ active: 1, position: 1, _id: 1 });
