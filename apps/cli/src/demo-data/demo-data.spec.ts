import { isId, slugFrom, timeOf } from '@daraa/kernel';
import { verify } from 'argon2';
import { DEMO_CATEGORIES } from './categories.js';
import { DEMO_PASSWORD, DEMO_PASSWORD_HASH, DEMO_PEOPLE } from './people.js';
import { productsOf } from './products.js';
import { DEMO_STORES } from './stores.js';

const products = DEMO_STORES.flatMap((store, index) => productsOf(store, index));
const leaves = DEMO_CATEGORIES.flatMap((root) => root.children ?? [root]);
const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);

describe('the demo data', () => {
  it('has the people that the documentation promises, all with the same password', async () => {
    const expected = [
      'admin',
      ...[1, 2, 3, 4, 5].map((number) => `owner${number}`),
      ...Array.from({ length: 10 }, (_, index) => `courier${index + 1}`),
      ...Array.from({ length: 20 }, (_, index) => `customer${index + 1}`),
    ];
    expect(DEMO_PEOPLE.map((person) => person.email)).toEqual(expected.map((name) => `${name}@demo.daraa.test`));
    expect(await verify(DEMO_PASSWORD_HASH, DEMO_PASSWORD)).toBe(true);
    expect(repeated(DEMO_PEOPLE.map((person) => person.phone))).toEqual([]);
  });

  it('has customers with an address and a place on the map, in several countries', () => {
    const customers = DEMO_PEOPLE.filter((person) => person.role === 'customer');
    const addresses = customers.flatMap((person) => person.addresses ?? []);
    expect(addresses).toHaveLength(20);
    expect(addresses.every((address) => address.location !== undefined && /^[A-Z]{2}$/.test(address.country))).toBe(true);
    expect(new Set(addresses.map((address) => address.country)).size).toBeGreaterThanOrEqual(8);
    expect(addresses.filter((address) => address.city === 'Amman').length).toBeGreaterThanOrEqual(3);
  });

  it('has at least 200 products in at least 12 categories, each category of them in the tree', () => {
    expect(products.length).toBeGreaterThanOrEqual(200);
    const used = new Set(products.map((product) => product.categorySlug));
    expect(used.size).toBeGreaterThanOrEqual(12);
    expect([...used].sort()).toEqual(leaves.map((leaf) => leaf.slug).sort());
  });

  it('names every product, SKU and id once', () => {
    expect(repeated(products.map((product) => slugFrom(product.input.name.en, 'x')))).toEqual([]);
    expect(repeated(products.flatMap((product) => product.input.variants.map((variant) => variant.sku)))).toEqual([]);
    expect(repeated(products.map((product) => product.id))).toEqual([]);
    expect(products.every((product) => isId('prod', product.id))).toBe(true);
  });

  it('reads like a catalog: both languages, descriptions, pictures with words, believable prices', () => {
    for (const { input } of products) {
      expect(input.name.ar).toMatch(/[\u0600-\u06ff]/);
      expect(input.description.length).toBeGreaterThan(60);
      expect(input.brand).toBeTruthy();
      expect(input.images?.length).toBeGreaterThan(0);
      for (const { url, alt } of input.images ?? []) {
        expect({ url, alt }).toEqual({ url: expect.stringMatching(/^https:/), alt: expect.stringMatching(/, /) });
      }
      for (const { price, compareAtPrice } of input.variants) {
        expect(price).toEqual({ amount: expect.any(Number), currency: 'USD' });
        expect(price.amount).toBeGreaterThanOrEqual(100);
        if (compareAtPrice) expect(compareAtPrice.amount).toBeGreaterThan(price.amount);
      }
    }
    expect(products.filter(({ input }) => /[\u0600-\u06ff]/.test(input.description)).length).toBeGreaterThan(50);
  });

  it('has a few things sold out, a few nearly so, and plenty of the rest', () => {
    const stocks = products.flatMap((product) => product.input.variants.map((variant) => variant.stock ?? 0));
    const shareOf = (test: (stock: number) => boolean) => stocks.filter(test).length / stocks.length;
    expect(shareOf((stock) => stock === 0)).toBeGreaterThan(0.01);
    expect(shareOf((stock) => stock === 0)).toBeLessThan(0.08);
    expect(shareOf((stock) => stock > 0 && stock <= 5)).toBeGreaterThan(0.03);
    expect(products.some((product) => product.input.variants.every((variant) => variant.stock === 0))).toBe(true);
  });

  it('is the same every time, and was all made before this version', () => {
    expect(DEMO_STORES.flatMap((store, index) => productsOf(store, index))).toEqual(products);
    expect(Math.max(...products.map((product) => timeOf(product.id)))).toBeLessThan(new Date('2026-11-15').getTime());
  });
});
