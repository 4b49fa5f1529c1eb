import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { ProductRecords } from '../application/product-records.js';
import type { NotedAvailability } from '../application/product-records.js';
import { Product } from '../domain/product.js';
import type { ProductState } from '../domain/product-state.js';
import type { ProductStatus } from '../domain/product-status.js';

type ProductDocument = StoredDocument<ProductState>;

/** ProductRecords over the collection `products`. */
@Injectable()
export class MongoProductRecords extends ProductRecords {
  constructor(@InjectAggregateModel(Product) private readonly model: Model<ProductDocument>) {
    super();
  }

  async statesOf(productIds: readonly string[]): Promise<ReadonlyMap<string, ProductStatus>> {
    const found = await this.model.find({ _id: { $in: productIds } }, { status: 1 }).lean<Pick<ProductDocument, '_id' | 'status'>[]>();
    return new Map(found.map(({ _id, status }) => [_id, status]));
  }

  async *notedAvailability(): AsyncGenerator<NotedAvailability> {
    const products = this.model.find({}, { variants: 1, outbox: 1 }).lean<Pick<ProductDocument, '_id' | 'variants' | 'outbox'>>().cursor();
    for await (const { _id, variants, outbox } of products) {
      for (const { variantId, availability } of variants) {
        yield { productId: _id, variantId, inStock: availability.inStock, inFlight: outbox.length > 0 };
      }
    }
  }
}
