import { randomIds } from '@daraa/kernel';
import type { RecordedEvent } from '@daraa/kernel';
import { Product } from './product.js';
import type { ProductDetails } from './product-state.js';
import type { NewVariant } from './variant.js';

const AT = new Date('2026-03-01T09:00:00Z');
const STORE = { id: randomIds.next('sto'), version: 3, name: { en: 'Old Town' }, slug: 'old-town', selling: true };
const PLACEMENT = { categoryId: 'cat_1', categoryPath: ['cat_0', 'cat_1'] };
const DETAILS: ProductDetails = {
  name: { en: 'Coffee cup' },
  description: 'A cup.',
  brand: null,
  tags: [],
  images: [],
  attributes: {},
  taxClass: 'standard',
  metadata: {},
};

function variant(changes: Partial<NewVariant> = {}): NewVariant {
  return {
    variantId: randomIds.next('var'),
    sku: 'CUP-M',
    options: { size: 'M' },
    price: { amount: 1000, currency: 'USD' },
    compareAtPrice: null,
    weightGrams: null,
    barcode: null,
    image: null,
    requiresShipping: true,
    initialStock: 0,
    ...changes,
  };
}

function draft(variants: readonly NewVariant[] = [variant()], details: Partial<ProductDetails> = {}): Product {
  return Product.draft({
    id: randomIds.next('prod'),
    slug: 'coffee-cup',
    store: STORE,
    currency: 'USD',
    details: { ...DETAILS, ...details },
    placement: PLACEMENT,
    variants,
  });
}

/** The product as it comes back from the store, with no event noted. */
function stored(product: Product): Product {
  const { id, version, state } = product.snapshot();
  return new Product({ id, version: version + 1, state: structuredClone(state) });
}

const active = (variants?: readonly NewVariant[]): Product => {
  const product = draft(variants);
  product.publish(true, AT);
  return stored(product);
};
const typesOf = (product: Product): string[] => product.recordedEvents().map((event: RecordedEvent) => event.type);
const stateOf = (product: Product) => product.snapshot().state;

describe('publishing', () => {
  it.each([
    ['without a variant', draft([]), true, 'variants'],
    ['without an active variant', withoutActiveVariant(), true, 'variants'],
    ['with a price of zero', draft([variant({ price: { amount: 0, currency: 'USD' } })]), true, 'variants[0].price'],
    ['in a hidden category', draft(), false, 'categoryId'],
    ['without a name', draft([variant()], { name: { en: ' ' } }), true, 'name.en'],
  ])('is refused %s', (_case, product, categoryIsShown, field) => {
    expect(() => product.publish(categoryIsShown, AT)).toThrow(
      expect.objectContaining({ code: 'PRODUCT_INCOMPLETE', details: [expect.objectContaining({ field })] }),
    );
    expect(stateOf(product).status).toBe('draft');
  });

  function withoutActiveVariant(): Product {
    const one = variant();
    const product = draft([one]);
    product.changeVariant(one.variantId, { active: false });
    return product;
  }

  it('tells everything that is missing at once', () => {
    const product = draft([], { name: { en: '' } });
    expect(() => product.publish(false, AT)).toThrow(
      expect.objectContaining({ details: ['name.en', 'categoryId', 'variants'].map((field) => expect.objectContaining({ field })) }),
    );
  });

  it('puts it on sale, keeps the first moment, and happens once', () => {
    const product = stored(draft());
    product.publish(true, AT);
    product.publish(true, new Date());
    expect(stateOf(product)).toMatchObject({ status: 'active', publishedAt: AT });
    expect(typesOf(product)).toEqual(['catalog.ProductPublished']);
    product.archive();
    product.publish(true, new Date());
    expect(stateOf(product).publishedAt).toEqual(AT);
  });
});

describe('archiving', () => {
  it('takes it off sale and happens once', () => {
    const product = active();
    product.archive();
    product.archive();
    expect(stateOf(product).status).toBe('archived');
    expect(typesOf(product)).toEqual(['catalog.ProductArchived']);
  });
});

describe('variants', () => {
  it('open stock with the pieces that the seller named', () => {
    const one = variant({ initialStock: 7 });
    const product = draft([one]);
    expect(product.recordedEvents()).toEqual([
      expect.objectContaining({
        type: 'catalog.VariantsAdded',
        payload: { productId: product.id, storeId: STORE.id, variants: [{ variantId: one.variantId, sku: 'CUP-M', initialStock: 7 }] },
      }),
    ]);
  });

  it('are in stock at first when they begin with pieces', () => {
    const [empty, full] = stateOf(draft([variant(), variant({ sku: 'L', initialStock: 1 })])).variants;
    expect([empty?.availability.inStock, full?.availability.inStock]).toEqual([false, true]);
  });

  it('have an SKU of their own within the product', () => {
    expect(() => draft([variant(), variant()])).toThrow(
      expect.objectContaining({ code: 'SKU_TAKEN', details: [expect.objectContaining({ field: 'variants[1].sku' })] }),
    );
    const other = variant({ sku: 'CUP-L' });
    const product = active([variant(), other]);
    expect(() => product.changeVariant(other.variantId, { sku: 'CUP-M' })).toThrow(expect.objectContaining({ code: 'SKU_TAKEN' }));
  });

  it("are priced in the store's currency", () => {
    const foreign = variant({ price: { amount: 1, currency: 'EUR' }, compareAtPrice: { amount: 2, currency: 'JOD' } });
    expect(() => draft([foreign])).toThrow(
      expect.objectContaining({
        code: 'CURRENCY_MISMATCH',
        details: ['variants[0].price.currency', 'variants[0].compareAtPrice.currency'].map((field) => expect.objectContaining({ field })),
      }),
    );
  });

  it('are at most a hundred', () => {
    const many = Array.from({ length: 101 }, (_each, index) => variant({ sku: `S${index}` }));
    expect(() => draft(many)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });

  it('tell when their price has changed, and only then', () => {
    const one = variant();
    const product = active([one]);
    product.changeVariant(one.variantId, { weightGrams: 300 });
    product.changeVariant(one.variantId, { price: { amount: 900, currency: 'USD' } });
    product.changeVariant(one.variantId, { price: { amount: 900, currency: 'USD' } });
    expect(typesOf(product)).toEqual(['catalog.ProductUpdated', 'catalog.PriceChanged']);
    expect(product.recordedEvents()[1]?.payload).toMatchObject({ variantIds: [one.variantId] });
  });

  it('of a product on sale cannot become free, nor the last of them be taken away', () => {
    const one = variant();
    expect(() => active([one]).changeVariant(one.variantId, { price: { amount: 0, currency: 'USD' } })).toThrow(
      expect.objectContaining({ code: 'PRODUCT_INCOMPLETE' }),
    );
    expect(() => active([one]).changeVariant(one.variantId, { active: false })).toThrow(expect.objectContaining({ code: 'PRODUCT_INCOMPLETE' }));
    expect(() => active([one]).addVariants([variant({ sku: 'FREE', price: { amount: 0, currency: 'USD' } })])).toThrow(
      expect.objectContaining({ code: 'PRODUCT_INCOMPLETE' }),
    );
  });

  it('that do not exist cannot be changed', () => {
    expect(() => draft().changeVariant(randomIds.next('var'), {})).toThrow(expect.objectContaining({ code: 'VARIANT_NOT_FOUND' }));
  });
});

describe('what inventory tells', () => {
  it('is believed in the order in which it happened, not in which it arrives', () => {
    const one = variant({ initialStock: 3 });
    const product = active([one]);
    product.noteAvailability(one.variantId, false, 2);
    product.noteAvailability(one.variantId, true, 1);
    product.noteAvailability(one.variantId, true, 2);
    expect(stateOf(product).variants[0]?.availability).toEqual({ inStock: false, sequence: 2 });
    product.noteAvailability(one.variantId, true, 3);
    expect(stateOf(product).variants[0]?.availability.inStock).toBe(true);
  });

  it('is believed from the first crossing on, whatever its number', () => {
    const one = variant({ initialStock: 3 });
    const product = active([one]);
    product.noteAvailability(one.variantId, false, 0);
    expect(stateOf(product).variants[0]?.availability.inStock).toBe(false);
  });
});

describe('what has become of the store', () => {
  it('is noted only when it is newer than what is known', () => {
    const product = active();
    product.noteStore({ ...STORE, version: 2, selling: false });
    expect(stateOf(product).store).toEqual(STORE);
    product.noteStore({ ...STORE, version: 4, selling: false });
    expect(stateOf(product).store).toMatchObject({ version: 4, selling: false });
  });
});

describe('editing', () => {
  it('tells of a change, and says nothing where there is none', () => {
    const product = active();
    product.edit({ description: 'A cup.' });
    expect(typesOf(product)).toEqual([]);
    product.edit({ description: 'A better cup.' }, { categoryId: 'cat_2', categoryPath: ['cat_2'] });
    expect(typesOf(product)).toEqual(['catalog.ProductUpdated']);
    expect(stateOf(product)).toMatchObject({ description: 'A better cup.', categoryId: 'cat_2', slug: 'coffee-cup' });
  });

  it('keeps notes up to 4 KB of JSON, counted in bytes', () => {
    const product = draft();
    expect(() => product.edit({ metadata: { note: 'ق'.repeat(2100) } })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR', details: [expect.objectContaining({ field: 'metadata' })] }),
    );
    product.edit({ metadata: { note: 'q'.repeat(4000) } });
  });

  it('is for the store that sells it', () => {
    expect(() => draft().mustBelongTo(randomIds.next('sto'))).toThrow(expect.objectContaining({ code: 'PRODUCT_NOT_FOUND' }));
    draft().mustBelongTo(STORE.id);
  });
});
