import type { LocalisedText } from '@daraa/kernel';
import type { ProductStatus } from './product-status.js';
import type { Variant } from './variant.js';

/** What a product's readers need to know of its store. A copy; `version` is the store's when it was made. */
export interface StoreCopy {
  readonly id: string;
  readonly version: number;
  readonly name: LocalisedText;
  readonly slug: string;
  readonly selling: boolean;
}

export interface ProductImage {
  readonly url: string;
  readonly alt: string;
}

/** What a seller says of a product. */
export interface ProductDetails {
  readonly name: LocalisedText;
  readonly description: string;
  readonly brand: string | null;
  readonly tags: readonly string[];
  readonly images: readonly ProductImage[];
  /** What the category wants to know: `{ material: 'porcelain' }`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly taxClass: string;
  /** The seller's own notes, at most 4 KB; shown to the seller alone. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where a product stands in the tree of categories. */
export interface Placement {
  readonly categoryId: string;
  /** The ids from the root to the category itself. */
  readonly categoryPath: readonly string[];
}

export interface ProductState extends ProductDetails, Placement {
  readonly storeId: string;
  readonly store: StoreCopy;
  /** ISO 4217; every price of the product is in it. */
  readonly currency: string;
  readonly slug: string;
  readonly status: ProductStatus;
  readonly publishedAt: Date | null;
  readonly variants: readonly Variant[];
  /** 0 to 5; 0 while there is no review. */
  readonly ratingAverage: number;
  readonly ratingCount: number;
  readonly soldCount: number;
}
