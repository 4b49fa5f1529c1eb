import type { Page, PageRequest } from '@daraa/kernel';
import type { SellerProductView } from '../catalog.views.js';
import type { ProductStatus } from '../domain/product-status.js';

/** What a store reads of its own products, in whatever state they are. */
export abstract class FindStoreProducts {
  /** All products of the store, or those of one state, newest first. */
  abstract list(storeId: string, status: ProductStatus | undefined, page: PageRequest): Promise<Page<SellerProductView>>;

  /** One product of the store; `PRODUCT_NOT_FOUND` for any other. */
  abstract show(storeId: string, productId: string): Promise<SellerProductView>;
}
