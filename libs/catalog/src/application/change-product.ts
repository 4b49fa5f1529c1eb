import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource } from '@daraa/kernel';
import { AggregateStore, CLOCK, IDS, InjectStore, markHandledDirectly } from '@daraa/platform';
import { Category } from '../domain/category.js';
import { Product } from '../domain/product.js';
import type { VariantChanges } from '../domain/product.js';
import type { Placement, ProductDetails } from '../domain/product-state.js';
import { categoryNotFound } from './create-product.js';
import { Listings } from './listings.js';
import { PROJECT_LISTING } from './on-product-changed.js';
import { newVariantOf } from './product-input.js';
import type { VariantInput } from './product-input.js';
import { refusedSku } from './sku-taken.js';

/** Whose product is changed; with a version, only while the product is at it (`VERSION_MISMATCH`). */
export interface ProductTarget {
  readonly storeId: string;
  readonly productId: string;
  readonly expectedVersion?: number | undefined;
}

export type ProductChanges = Partial<ProductDetails & { readonly categoryId: string }>;

/** What a store does with its products; lists show it before the answer is sent. All throw `PRODUCT_NOT_FOUND` for foreign ones. */
@Injectable()
export class ChangeProduct {
  constructor(
    @InjectStore(Product) private readonly products: AggregateStore<Product>,
    @InjectStore(Category) private readonly categories: AggregateStore<Category>,
    private readonly listings: Listings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Throws `CATEGORY_NOT_FOUND`. */
  async edit(target: ProductTarget, { categoryId, ...changes }: ProductChanges): Promise<Product> {
    const placement = categoryId === undefined ? undefined : await this.placementIn(categoryId);
    return this.change(target, (product) => product.edit(changes, placement));
  }

  /** Throws `SKU_TAKEN` and `CURRENCY_MISMATCH`. */
  addVariant(target: ProductTarget, variant: VariantInput): Promise<Product> {
    const added = newVariantOf(variant, this.ids.next('var'));
    return this.change(target, (product) => product.addVariants([added]));
  }

  /** Throws `VARIANT_NOT_FOUND`, `SKU_TAKEN`, `CURRENCY_MISMATCH` and, for a product on sale, `PRODUCT_INCOMPLETE`. */
  changeVariant(target: ProductTarget, variantId: string, changes: VariantChanges): Promise<Product> {
    return this.change(target, (product) => product.changeVariant(variantId, changes));
  }

  /** Throws `PRODUCT_INCOMPLETE` and `INVALID_TRANSITION`; repeating changes nothing. */
  async publish(target: ProductTarget): Promise<Product> {
    const at = this.clock.now();
    const product = await this.products.get(target.productId);
    product.mustBelongTo(target.storeId);
    const category = await this.categories.find(product.categoryId);
    return this.change(target, (present) => present.publish(category?.isActive ?? false, at), product);
  }

  /** Repeating changes nothing. */
  archive(target: ProductTarget): Promise<Product> {
    return this.change(target, (product) => product.archive());
  }

  private async change(target: ProductTarget, verb: (product: Product) => void, atHand?: Product): Promise<Product> {
    const { storeId, productId, expectedVersion } = target;
    const change = (product: Product): void => {
      product.mustBelongTo(storeId);
      verb(product);
    };
    const { aggregate } = await this.products.update(atHand ?? productId, change, { expectedVersion }).catch(refusedSku);
    await this.listings.project(aggregate);
    markHandledDirectly(PROJECT_LISTING, productId);
    return aggregate;
  }

  private async placementIn(categoryId: string): Promise<Placement> {
    const category = await this.categories.find(categoryId);
    if (!category) throw categoryNotFound();
    return { categoryId, categoryPath: category.path };
  }
}
