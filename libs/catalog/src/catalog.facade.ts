import { Injectable } from '@nestjs/common';
import { ArrangeCategories } from './application/arrange-categories.js';
import type { CategoryDraft } from './application/arrange-categories.js';
import { ChangeProduct } from './application/change-product.js';
import { CreateProduct } from './application/create-product.js';
import { FindProducts } from './application/find-products.js';
import type { ProductInput } from './application/product-input.js';
import { ProductRecords } from './application/product-records.js';
import type { NotedAvailability } from './application/product-records.js';
import { sellerViewOfProduct } from './catalog.views.js';
import type { SellerProductView, VariantView } from './catalog.views.js';
import type { ProductStatus } from './domain/product-status.js';

/** What other contexts may ask of the catalog. */
@Injectable()
export class Catalog {
  constructor(
    private readonly findProducts: FindProducts,
    private readonly createProducts: CreateProduct,
    private readonly changeProduct: ChangeProduct,
    private readonly arrangeCategories: ArrangeCategories,
    private readonly records: ProductRecords,
  ) {}

  /** These variants, sellable or not, in no particular order; those that do not exist are left out. One query. */
  variants(variantIds: readonly string[]): Promise<VariantView[]> {
    return this.findProducts.variants(variantIds);
  }

  /** Repeating with the same `categoryId` changes nothing. Throws `CATEGORY_NOT_FOUND` for an unknown parent, `SLUG_TAKEN`. */
  async createCategory(draft: CategoryDraft, categoryId?: string): Promise<{ categoryId: string }> {
    const category = await this.arrangeCategories.create(draft, categoryId);
    return { categoryId: category.id };
  }

  /** Drafts a product; repeating with the same `productId` finds the first one. Throws `SKU_TAKEN` and its like. */
  async createProduct(storeId: string, input: ProductInput, productId?: string): Promise<SellerProductView> {
    return sellerViewOfProduct(await this.createProducts.execute(storeId, input, productId));
  }

  /** Puts a product on sale. Throws `PRODUCT_NOT_FOUND`, `PRODUCT_INCOMPLETE`; repeating changes nothing. */
  async publish(storeId: string, productId: string): Promise<SellerProductView> {
    return sellerViewOfProduct(await this.changeProduct.publish({ storeId, productId }));
  }

  /** The state of each of these products that exists. One query. */
  statesOf(productIds: readonly string[]): Promise<ReadonlyMap<string, ProductStatus>> {
    return this.records.statesOf(productIds);
  }

  /** What all products say of their variants' stock, read piece by piece; for whoever knows the stock. */
  notedAvailability(): AsyncIterable<NotedAvailability> {
    return this.records.notedAvailability();
  }
}
