import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { ProductDetails, ProductImage } from '../domain/product-state.js';
import type { NewVariant } from '../domain/variant.js';

/** A new variant, as sellers describe it. */
export interface VariantInput {
  readonly sku: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly price: MoneyAmount;
  readonly compareAtPrice?: MoneyAmount | null;
  /** Pieces to begin with; none where nothing is said. */
  readonly stock?: number;
  readonly weightGrams?: number | null;
  readonly barcode?: string | null;
  readonly image?: string | null;
  /** True where nothing is said. */
  readonly requiresShipping?: boolean;
}

export interface ImageInput {
  readonly url: string;
  readonly alt?: string;
}

/** A new product, as sellers describe it. */
export interface ProductInput {
  readonly name: LocalisedText;
  readonly description: string;
  readonly categoryId: string;
  readonly brand?: string | null;
  readonly tags?: readonly string[];
  readonly images?: readonly ImageInput[];
  readonly attributes?: Readonly<Record<string, string>>;
  /** `standard` where nothing is said. */
  readonly taxClass?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly variants: readonly VariantInput[];
}

export function imageOf({ url, alt }: ImageInput): ProductImage {
  return { url, alt: alt ?? '' };
}

/** The new variant, with what its seller left out filled in. */
export function newVariantOf(input: VariantInput, variantId: string): NewVariant {
  return {
    variantId,
    sku: input.sku,
    options: { ...input.options },
    price: { amount: input.price.amount, currency: input.price.currency },
    compareAtPrice: input.compareAtPrice ? { amount: input.compareAtPrice.amount, currency: input.compareAtPrice.currency } : null,
    weightGrams: input.weightGrams ?? null,
    barcode: input.barcode ?? null,
    image: input.image ?? null,
    requiresShipping: input.requiresShipping ?? true,
    initialStock: input.stock ?? 0,
  };
}

/** What is said of the product itself, with what its seller left out filled in. */
export function detailsOf(input: ProductInput): ProductDetails {
  return {
    name: { ...input.name },
    description: input.description,
    brand: input.brand ?? null,
    tags: [...(input.tags ?? [])],
    images: (input.images ?? []).map(imageOf),
    attributes: { ...input.attributes },
    taxClass: input.taxClass ?? 'standard',
    metadata: { ...input.metadata },
  };
}
