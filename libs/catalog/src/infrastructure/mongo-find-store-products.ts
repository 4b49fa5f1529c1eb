import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DomainError } from '@daraa/kernel';
import type { Page, PageRequest } from '@daraa/kernel';
import { readPage } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { FindStoreProducts } from '../application/find-store-products.js';
import { sellerViewOf } from '../catalog.views.js';
import type { SellerProductView, StoredProduct } from '../catalog.views.js';
import type { ProductStatus } from '../domain/product-status.js';

/** FindStoreProducts over the collection `products`. */
@Injectable()
export class MongoFindStoreProducts extends FindStoreProducts {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  list(storeId: string, status: ProductStatus | undefined, page: PageRequest): Promise<Page<SellerProductView>> {
    const filter = { storeId, ...(status === undefined ? {} : { status }) };
    return readPage(this.products(), { filter, sort: { _id: -1 }, projection: { outbox: 0 } }, page, sellerViewOf);
  }

  async show(storeId: string, productId: string): Promise<SellerProductView> {
    const product = await this.products().findOne({ _id: productId, storeId }, { projection: { outbox: 0 } });
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND');
    return sellerViewOf(product);
  }

  private products() {
    return this.connection.collection<StoredProduct>('products');
  }
}
