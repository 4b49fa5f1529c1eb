import { timeOf } from '@daraa/kernel';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { ProductState, StoreCopy } from './product-state.js';
import { normalise, tailsOf } from './search-text.js';

/** How much of a description is searched, in characters, so that a listing stays small. */
const SEARCHED_DESCRIPTION = 1000;

export interface ListedVariant {
  readonly variantId: string;
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly price: MoneyAmount;
  readonly compareAtPrice: MoneyAmount | null;
  readonly inStock: boolean;
}

/** A product as lists show, filter, sort and find it: one small document, a function of the product at one version. */
export interface Listing {
  readonly _id: string;
  /** The product's version that it was made from. */
  readonly version: number;
  /** On sale, in a store that sells. */
  readonly visible: boolean;
  readonly slug: string;
  readonly name: LocalisedText;
  readonly brand: string | null;
  readonly categoryId: string;
  readonly categoryPath: readonly string[];
  readonly store: StoreCopy;
  readonly image: string | null;
  readonly currency: string;
  /** The lowest and the highest price of its variants, minor units. */
  readonly priceMin: number;
  readonly priceMax: number;
  readonly variants: readonly ListedVariant[];
  readonly inStock: boolean;
  readonly ratingAverage: number;
  readonly ratingCount: number;
  readonly soldCount: number;
  readonly createdAt: Date;
  /** Normalised, for filters and the text index. */
  readonly brandKey: string;
  readonly search: { readonly names: string; readonly brand: string; readonly tags: string; readonly text: string };
  /** Normalised names and their ends, for suggestions. */
  readonly tails: readonly string[];
}

/** What lists shall know of the product. */
export function listingOf(productId: string, version: number, product: ProductState): Listing {
  const variants = product.variants.filter((variant) => variant.active);
  const prices = variants.map((variant) => variant.price.amount);
  const names = Object.values(product.name).join(' ');
  const brandKey = normalise(product.brand ?? '');
  return {
    _id: productId,
    version,
    visible: product.status === 'active' && product.store.selling,
    slug: product.slug,
    name: product.name,
    brand: product.brand,
    categoryId: product.categoryId,
    categoryPath: product.categoryPath,
    store: product.store,
    image: product.images[0]?.url ?? null,
    currency: product.currency,
    priceMin: prices.length > 0 ? Math.min(...prices) : 0,
    priceMax: prices.length > 0 ? Math.max(...prices) : 0,
    variants: variants.map(({ variantId, sku, options, price, compareAtPrice, availability }) => ({
      variantId,
      sku,
      options,
      price,
      compareAtPrice,
      inStock: availability.inStock,
    })),
    inStock: variants.some((variant) => variant.availability.inStock),
    ratingAverage: product.ratingAverage,
    ratingCount: product.ratingCount,
    soldCount: product.soldCount,
    createdAt: new Date(timeOf(productId)),
    brandKey,
    search: {
      names: normalise(names),
      brand: brandKey,
      tags: normalise(product.tags.join(' ')),
      text: normalise(product.description.slice(0, SEARCHED_DESCRIPTION)),
    },
    tails: [...new Set(Object.values(product.name).flatMap(tailsOf))],
  };
}
