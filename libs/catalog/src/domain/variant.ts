import { DomainError } from '@daraa/kernel';
import type { ErrorCode, ErrorDetail, MoneyAmount } from '@daraa/kernel';

/** What a seller says of one variant. */
export interface VariantDetails {
  readonly sku: string;
  /** What tells it from its siblings: `{ size: 'M' }`. */
  readonly options: Readonly<Record<string, string>>;
  readonly price: MoneyAmount;
  readonly compareAtPrice: MoneyAmount | null;
  readonly weightGrams: number | null;
  readonly barcode: string | null;
  readonly image: string | null;
  readonly requiresShipping: boolean;
}

export interface NewVariant extends VariantDetails {
  readonly variantId: string;
  /** Pieces to begin with; from then on inventory counts them. */
  readonly initialStock: number;
}

/** Whether there is any left, as inventory told it last. */
export interface Availability {
  readonly inStock: boolean;
  /** The number of the crossing that told it; -1 while inventory has told nothing yet. */
  readonly sequence: number;
}

/** One thing that can be bought, as it is kept inside its product. */
export interface Variant extends VariantDetails {
  readonly variantId: string;
  readonly active: boolean;
  readonly availability: Availability;
}

const MOST_VARIANTS = 100;

/** A new variant as its product keeps it. */
export function variantOf({ initialStock, ...details }: NewVariant): Variant {
  return { ...details, active: true, availability: { inStock: initialStock > 0, sequence: -1 } };
}

/**
 * Refuses variants that cannot stand side by side in one product: more than 100 (`VALIDATION_ERROR`), prices in another
 * currency than the store's (`CURRENCY_MISMATCH`), one SKU twice (`SKU_TAKEN`).
 */
export function mustBeSellableTogether(variants: readonly Variant[], currency: string): void {
  const tooMany = { field: 'variants', message: `A product has at most ${MOST_VARIANTS} variants.` };
  refuse('VALIDATION_ERROR', variants.length > MOST_VARIANTS ? [tooMany] : []);
  refuse('CURRENCY_MISMATCH', variants.flatMap((variant, index) => foreignPrices(variant, index, currency)));
  refuse('SKU_TAKEN', repeatedSkus(variants));
}

function refuse(code: ErrorCode, details: readonly ErrorDetail[]): void {
  if (details.length > 0) throw new DomainError(code, { details });
}

function foreignPrices({ price, compareAtPrice }: Variant, index: number, currency: string): ErrorDetail[] {
  const isForeign = (amount: MoneyAmount | null): boolean => amount !== null && amount.currency !== currency;
  const fields = [...(isForeign(price) ? ['price'] : []), ...(isForeign(compareAtPrice) ? ['compareAtPrice'] : [])];
  return fields.map((field) => ({ field: `variants[${index}].${field}.currency`, message: `The store's prices are in ${currency}.` }));
}

function repeatedSkus(variants: readonly Variant[]): ErrorDetail[] {
  const skus = variants.map((variant) => variant.sku);
  return skus.flatMap((sku, index) =>
    skus.indexOf(sku) === index ? [] : [{ field: `variants[${index}].sku`, message: `Another variant of this product has the SKU ${sku}.` }],
  );
}
