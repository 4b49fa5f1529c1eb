import { Inject, Injectable } from '@nestjs/common';
import { DomainError, slugCandidates } from '@daraa/kernel';
import type { IdSource } from '@daraa/kernel';
import { AggregateStore, IDS, InjectStore, insertWithSlug } from '@daraa/platform';
import { Stores } from '@daraa/stores';
import { Category } from '../domain/category.js';
import { Product } from '../domain/product.js';
import { Listings } from './listings.js';
import { detailsOf, newVariantOf } from './product-input.js';
import type { ProductInput } from './product-input.js';
import { refusedSku } from './sku-taken.js';
import { storeCopyOf } from './store-copy.js';

/** A store drafts a product with its variants. */
@Injectable()
export class CreateProduct {
  constructor(
    @InjectStore(Product) private readonly products: AggregateStore<Product>,
    @InjectStore(Category) private readonly categories: AggregateStore<Category>,
    private readonly stores: Stores,
    private readonly listings: Listings,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /**
   * The slug follows from the English name. With a `productId` that exists, nothing happens and that product is returned.
   * Throws `CATEGORY_NOT_FOUND`, `SKU_TAKEN`, `CURRENCY_MISMATCH`.
   */
  async execute(storeId: string, input: ProductInput, productId: string = this.ids.next('prod')): Promise<Product> {
    const [store, category] = await Promise.all([this.stores.get(storeId), this.categories.find(input.categoryId)]);
    if (!category) throw categoryNotFound();
    const variants = input.variants.map((variant) => newVariantOf(variant, this.ids.next('var')));
    const product = await insertWithSlug(this.products, slugCandidates(input.name.en, 'product', productId), (slug) =>
      Product.draft({
        id: productId,
        slug,
        store: storeCopyOf(store),
        currency: store.currency,
        details: detailsOf(input),
        placement: { categoryId: category.id, categoryPath: category.path },
        variants,
      }),
    ).catch(refusedSku);
    await this.listings.project(product);
    return product;
  }
}

/** A body names a category that does not exist. */
export function categoryNotFound(): DomainError {
  return new DomainError('CATEGORY_NOT_FOUND', { details: [{ field: 'categoryId', message: 'There is no such category.' }] });
}
