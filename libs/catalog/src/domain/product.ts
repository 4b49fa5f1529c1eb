import { Aggregate, DomainError } from '@daraa/kernel';
import { PriceChanged, ProductArchived, ProductPublished, ProductUpdated, VariantsAdded } from '../events.js';
import { mustBePublishable } from './publication-policy.js';
import { productStatuses } from './product-status.js';
import type { Placement, ProductDetails, ProductState, StoreCopy } from './product-state.js';
import { mustBeSellableTogether, variantOf } from './variant.js';
import type { NewVariant, Variant, VariantDetails } from './variant.js';

export interface NewProduct {
  readonly id: string;
  readonly slug: string;
  readonly store: StoreCopy;
  readonly currency: string;
  readonly details: ProductDetails;
  readonly placement: Placement;
  readonly variants: readonly NewVariant[];
}

export type VariantChanges = Partial<VariantDetails & { readonly active: boolean }>;

/** Bytes of JSON. */
const LARGEST_METADATA = 4096;

/** What is sold: a product with its variants, drafted by a store, seen by buyers while it is active and the store sells. */
export class Product extends Aggregate<ProductState> {
  /** Throws `CURRENCY_MISMATCH`, `SKU_TAKEN` and `VALIDATION_ERROR` for variants that cannot stand side by side. */
  static draft({ id, slug, store, currency, details, placement, variants }: NewProduct): Product {
    const state: ProductState = {
      ...details,
      ...placement,
      storeId: store.id,
      store,
      currency,
      slug,
      status: 'draft',
      publishedAt: null,
      variants: [],
      ratingAverage: 0,
      ratingCount: 0,
      soldCount: 0,
    };
    const product = new Product({ id, version: 0, state });
    mustBeSmall(details.metadata);
    if (variants.length > 0) product.addVariants(variants);
    return product;
  }

  /** Changes what the seller says of it, and where it stands; what is not named stays. */
  edit(changes: Partial<ProductDetails>, placement?: Placement): void {
    if (changes.metadata) mustBeSmall(changes.metadata);
    if (this.assign({ ...changes, ...placement })) this.record(ProductUpdated, this.fact());
  }

  /** Adds variants; inventory opens their stock. Throws as `draft` does, and `PRODUCT_INCOMPLETE` when it is on sale. */
  addVariants(added: readonly NewVariant[]): void {
    const variants = [...this.state.variants, ...added.map(variantOf)];
    mustBeSellableTogether(variants, this.state.currency);
    this.assign({ variants });
    if (this.state.status === 'active') mustBePublishable(this.state, true);
    const opened = added.map(({ variantId, sku, initialStock }) => ({ variantId, sku, initialStock }));
    this.record(VariantsAdded, { ...this.fact(), variants: opened });
  }

  /** Changes one variant. Throws `VARIANT_NOT_FOUND`, and `PRODUCT_INCOMPLETE` when it is on sale. */
  changeVariant(variantId: string, changes: VariantChanges): void {
    const before = this.variant(variantId);
    const variants = this.state.variants.map((variant) => (variant === before ? { ...variant, ...changes } : variant));
    mustBeSellableTogether(variants, this.state.currency);
    if (!this.assign({ variants })) return;
    if (this.state.status === 'active') mustBePublishable(this.state, true);
    const after = this.variant(variantId);
    const isRepriced = !isSame([before.price, before.compareAtPrice], [after.price, after.compareAtPrice]);
    if (isRepriced) this.record(PriceChanged, { ...this.fact(), variantIds: [variantId] });
    else this.record(ProductUpdated, this.fact());
  }

  /** Puts it on sale. Throws `PRODUCT_INCOMPLETE` with all that is missing, and `INVALID_TRANSITION`; repeating changes nothing. */
  publish(categoryIsShown: boolean, at: Date): void {
    if (!productStatuses.mustAllow(this.state.status, 'active')) return;
    mustBePublishable(this.state, categoryIsShown);
    this.assign({ status: 'active', publishedAt: this.state.publishedAt ?? at });
    this.record(ProductPublished, this.fact());
  }

  /** Takes it off sale; its SKUs stay taken. Repeating changes nothing. */
  archive(): void {
    if (!productStatuses.mustAllow(this.state.status, 'archived')) return;
    this.assign({ status: 'archived' });
    this.record(ProductArchived, this.fact());
  }

  /** Notes whether a variant can be had; what is older than what is known changes nothing. Throws `VARIANT_NOT_FOUND`. */
  noteAvailability(variantId: string, inStock: boolean, sequence: number): void {
    const known = this.variant(variantId);
    if (known.availability.sequence >= sequence) return;
    const availability = { inStock, sequence };
    this.assign({ variants: this.state.variants.map((variant) => (variant === known ? { ...variant, availability } : variant)) });
  }

  /** Notes what its store has become; what is older than what is known changes nothing. */
  noteStore(store: StoreCopy): void {
    if (store.version > this.state.store.version) this.assign({ store });
  }

  /** Throws `PRODUCT_NOT_FOUND` for every store but its own. */
  mustBelongTo(storeId: string): void {
    if (this.state.storeId !== storeId) throw new DomainError('PRODUCT_NOT_FOUND');
  }

  get storeId(): string {
    return this.state.storeId;
  }

  get categoryId(): string {
    return this.state.categoryId;
  }

  private variant(variantId: string): Variant {
    const variant = this.state.variants.find((each) => each.variantId === variantId);
    if (!variant) throw new DomainError('VARIANT_NOT_FOUND');
    return variant;
  }

  private fact() {
    return { productId: this.id, storeId: this.state.storeId };
  }

  /** True when something is different now. */
  private assign(changes: Partial<ProductState>): boolean {
    const before = JSON.stringify(this.state);
    Object.assign(this.state, changes);
    return JSON.stringify(this.state) !== before;
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function mustBeSmall(metadata: Readonly<Record<string, string>>): void {
  if (Buffer.byteLength(JSON.stringify(metadata)) <= LARGEST_METADATA) return;
  throw new DomainError('VALIDATION_ERROR', { details: [{ field: 'metadata', message: 'must not be larger than 4 KB' }] });
}
