import { randomIds, timeOf } from '@daraa/kernel';
import type { ProductState } from './product-state.js';
import { listingOf } from './listing.js';
import type { Variant } from './variant.js';

const variant = (amount: number, changes: Partial<Variant> = {}): Variant => ({
  variantId: randomIds.next('var'),
  sku: `S${amount}`,
  options: {},
  price: { amount, currency: 'USD' },
  compareAtPrice: null,
  weightGrams: null,
  barcode: null,
  image: null,
  requiresShipping: true,
  active: true,
  availability: { inStock: true, sequence: 0 },
  ...changes,
});

const product = (changes: Partial<ProductState> = {}): ProductState => ({
  name: { en: 'Blue Cup', ar: 'فنجان أزرق' },
  description: 'Fine porcelain.',
  brand: 'Al-Quds',
  tags: ['Gift'],
  images: [{ url: 'https://example.com/1.jpg', alt: '' }],
  attributes: {},
  taxClass: 'standard',
  metadata: {},
  categoryId: 'cat_2',
  categoryPath: ['cat_1', 'cat_2'],
  storeId: 'sto_1',
  store: { id: 'sto_1', version: 2, name: { en: 'Old Town' }, slug: 'old-town', selling: true },
  currency: 'USD',
  slug: 'blue-cup',
  status: 'active',
  publishedAt: null,
  variants: [variant(1000), variant(700)],
  ratingAverage: 0,
  ratingCount: 0,
  soldCount: 0,
  ...changes,
});

const id = randomIds.next('prod');
const listing = (changes: Partial<ProductState> = {}) => listingOf(id, 5, product(changes));

describe('a listing', () => {
  it('is visible while the product is active and its store sells', () => {
    expect(listing().visible).toBe(true);
    expect(listing({ status: 'draft' }).visible).toBe(false);
    expect(listing({ status: 'archived' }).visible).toBe(false);
    expect(listing({ store: { ...product().store, selling: false } }).visible).toBe(false);
  });

  it('spans the prices of the variants that can be bought, and leaves the others out', () => {
    const shown = listing({ variants: [variant(1000), variant(700), variant(100, { active: false })] });
    expect(shown).toMatchObject({ priceMin: 700, priceMax: 1000 });
    expect(shown.variants.map((each) => each.sku)).toEqual(['S1000', 'S700']);
    expect(listing({ variants: [] })).toMatchObject({ priceMin: 0, priceMax: 0, inStock: false });
  });

  it('is in stock while one of its variants is', () => {
    const out = { availability: { inStock: false, sequence: 1 } };
    expect(listing({ variants: [variant(1, out), variant(2)] }).inStock).toBe(true);
    expect(listing({ variants: [variant(1, out), variant(2, { active: false })] }).inStock).toBe(false);
  });

  it('is found by normalised words of both languages', () => {
    expect(listing()).toMatchObject({
      search: { names: 'blue cup فنجان ازرق', brand: 'al quds', tags: 'gift', text: 'fine porcelain' },
      tails: ['blue cup', 'cup', 'فنجان ازرق', 'ازرق'],
      brandKey: 'al quds',
    });
  });

  it('knows when the product was made, and from which version of it it is', () => {
    expect(listing()).toMatchObject({ _id: id, version: 5, createdAt: new Date(timeOf(id)) });
  });
});
