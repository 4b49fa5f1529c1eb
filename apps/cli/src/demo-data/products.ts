import { slugFrom } from '@daraa/kernel';
import type { Id } from '@daraa/kernel';
import type { ProductInput, VariantInput } from '@daraa/catalog';
import { demoId, drawnFrom } from './demo-ids.js';
import type { Choices, Item, Shelf } from './shelf.js';
import type { DemoStore } from './stores.js';

/** A product of the demo data, ready for the catalog but for the id of its category. */
export interface DemoProduct {
  readonly id: Id<'prod'>;
  readonly categorySlug: string;
  readonly input: Omit<ProductInput, 'categoryId'>;
}

const CURRENCY = 'USD';
/** Products were added one after the other, this far apart; the last one then. */
const LAST_ADDED = new Date('2026-10-28T16:00:00Z');
const HOURS_APART = 30;
const HOUR_MS = 3_600_000;
/** Stores, and the shelves of each store, add in turn, so that the newest products are of every kind. */
const STORES = 5;

/** Everything that a store sells; `storeIndex` from 0. The same every time. */
export function productsOf(store: DemoStore, storeIndex: number): DemoProduct[] {
  const items = store.shelves.flatMap((shelf) => shelf.items.map((item, index) => ({ shelf, item, index })));
  const inTurn = items.sort((a, b) => a.index - b.index);
  return inTurn.map(({ shelf, item, index }, position) => {
    const laterOnes = (inTurn.length - 1 - position) * STORES + storeIndex;
    const addedAt = new Date(LAST_ADDED.getTime() - laterOnes * HOURS_APART * HOUR_MS);
    const sku = `${store.code}-${shelf.code}-${String(index + 1).padStart(2, '0')}`;
    return { id: demoId('prod', sku, addedAt), categorySlug: shelf.category, input: inputOf(shelf, item, index, sku) };
  });
}

function inputOf(shelf: Shelf, item: Item, index: number, sku: string): DemoProduct['input'] {
  const brand = item.brand ?? shelf.brands[index % shelf.brands.length];
  return {
    name: { en: item.en, ar: item.ar },
    description: descriptionOf(shelf, item),
    ...(brand === undefined ? {} : { brand }),
    tags: [...shelf.tags, ...(item.tags ?? [])],
    images: shelf.shots.map((shot, number) => ({ url: imageUrl(item.en, number + 1), alt: `${item.en}, ${shot}` })),
    attributes: { ...shelf.attributes, ...item.attributes },
    taxClass: shelf.taxClass ?? 'standard',
    variants: combinationsOf(item.choices ?? shelf.choices ?? {}).map((combination) => variantOf(shelf, item, sku, combination)),
  };
}

/** Some descriptions speak both languages, as those of real sellers do. */
function descriptionOf({ common, commonAr }: Shelf, { about, ar }: Item): string {
  const english = `${about} ${common}`;
  return commonAr === undefined ? english : `${english}\n\n${ar}. ${commonAr}`;
}

function imageUrl(name: string, number: number): string {
  return `https://picsum.photos/seed/${slugFrom(name, 'product')}-${number}/900/900`;
}

interface Combination {
  readonly options: Readonly<Record<string, string>>;
  readonly factor: number;
}

/** Every combination of the values of all options; one without options where there is no choice. */
function combinationsOf(choices: Choices): Combination[] {
  let combinations: Combination[] = [{ options: {}, factor: 1 }];
  for (const [option, values] of Object.entries(choices)) {
    combinations = combinations.flatMap(({ options, factor }) =>
      Object.entries(values).map(([value, own]) => ({ options: { ...options, [option]: value }, factor: factor * own })),
    );
  }
  return combinations;
}

function variantOf(shelf: Shelf, item: Item, sku: string, { options, factor }: Combination): VariantInput {
  const parts = Object.values(options).map((value) => slugFrom(value, 'x').toUpperCase());
  const own = [sku, ...parts].join('-');
  const price = priceOf(item.price, factor);
  return {
    sku: own,
    options,
    price: { amount: price, currency: CURRENCY },
    ...(item.was === undefined ? {} : { compareAtPrice: { amount: priceOf(price, item.was), currency: CURRENCY } }),
    stock: stockOf(own),
    weightGrams: shelf.grams === null ? null : Math.round((shelf.grams * factor) / 10) * 10,
    requiresShipping: shelf.grams !== null,
  };
}

/** Prices that are computed end like prices that people set: on 49 or 99. */
function priceOf(base: number, factor: number): number {
  return factor === 1 ? base : Math.max(Math.round((base * factor) / 50), 1) * 50 - 1;
}

/** Most have plenty; of twenty-five one is sold out and two are nearly so. */
function stockOf(sku: string): number {
  const drawn = drawnFrom(sku, 25);
  if (drawn === 0) return 0;
  if (drawn <= 2) return 1 + drawnFrom(`${sku}/low`, 5);
  return 8 + drawnFrom(`${sku}/stock`, 130);
}
