import { Schema } from 'mongoose';

/**
 * The collection `catalog_listings`: written by Listings, read by FindProducts; this schema is here for its indexes. Every
 * public query says `visible: true`, so each index begins with it and counts need not look at documents.
 */
export const listingSchema = new Schema({ _id: String }, { collection: 'catalog_listings', strict: false, versionKey: false, id: false });

/** What a list is narrowed to by equality: nothing, a category with its descendants, a store, a brand. */
const SCOPES = [undefined, 'categoryPath', 'store.id', 'brandKey'] as const;

for (const scope of SCOPES) {
  const narrowed = { visible: 1, ...(scope === undefined ? {} : { [scope]: 1 }) } as const;
  // GET /products?category|store|brand= sorted by newest (the default); ids sort by time. Also their counts.
  listingSchema.index({ ...narrowed, _id: 1 });
  // … sortBy=price, and minPrice and maxPrice.
  listingSchema.index({ ...narrowed, priceMin: 1, _id: 1 });
  // … sortBy=rating, and rating.
  listingSchema.index({ ...narrowed, ratingAverage: 1, _id: 1 });
  // … sortBy=best_selling.
  listingSchema.index({ ...narrowed, soldCount: 1, _id: 1 });
}

// GET /products?q= and GET /products/search?q=: a name weighs more than a brand or a tag, and these more than the description.
// `none`: no stemming and no stop words, so that Arabic and English are treated alike.
listingSchema.index(
  { visible: 1, 'search.names': 'text', 'search.brand': 'text', 'search.tags': 'text', 'search.text': 'text' },
  {
    name: 'search',
    default_language: 'none',
    language_override: 'searchLanguage',
    weights: { 'search.names': 10, 'search.brand': 5, 'search.tags': 5, 'search.text': 1 },
  },
);
// GET /products/suggest?q=: names by how they, or one of their words, begin.
listingSchema.index({ visible: 1, tails: 1 });
// Listings that do not know yet what their store has become: after StoreSuspended and its like.
listingSchema.index({ 'store.id': 1, 'store.version': 1 });
