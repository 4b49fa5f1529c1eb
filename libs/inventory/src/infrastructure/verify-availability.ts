import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Catalog } from '@daraa/catalog';
import type { NotedAvailability } from '@daraa/catalog';
import { violationsOf } from '@daraa/kernel';
import type { Violation } from '@daraa/kernel';
import { inBatches, Verifies } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { totalOf } from '../domain/stock-item.js';
import { STOCK_ITEMS } from './stock-item.schema.js';
import type { StockItemDocument } from './stock-item.schema.js';

type CountedItem = Pick<StockItemDocument, '_id' | 'locations' | 'outbox'>;

const RULE = 9;
const BATCH = 500;

/** Rule 9 of `daraa verify`, as far as it is the stock's: products say of their variants what the stock says. */
@Injectable()
export class VerifyAvailability {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly catalog: Catalog,
  ) {}

  @Verifies({ rule: RULE, name: 'products say of their stock what it says' })
  async *run(): AsyncGenerator<Violation> {
    for await (const batch of inBatches(this.catalog.notedAvailability(), BATCH)) {
      const items = await this.itemsOf(batch.map((noted) => noted.variantId));
      for (const noted of batch) yield* faultsOf(noted, items.get(noted.variantId));
    }
  }

  private async itemsOf(variantIds: readonly string[]): Promise<Map<string, CountedItem>> {
    const found = await this.connection
      .collection<StockItemDocument>(STOCK_ITEMS)
      .find<CountedItem>({ _id: { $in: [...variantIds] } }, { projection: { locations: 1, outbox: 1 } })
      .toArray();
    return new Map(found.map((item) => [item._id, item]));
  }
}

function faultsOf({ productId, variantId, inStock, inFlight }: NotedAvailability, item: CountedItem | undefined): Violation[] {
  return violationsOf(RULE, `products/${productId}`, () => {
    if (!item) return [[inFlight, `stock of ${variantId}`, 'none']];
    const { available } = totalOf(item.locations);
    // A crossing of zero that is still to be told is on its way to the product.
    const holds = inStock === available > 0 || inFlight || item.outbox.length > 0;
    return [[holds, `${variantId} ${available > 0 ? 'in stock' : 'sold out'}, with ${available} available`, inStock ? 'in stock' : 'sold out']];
  });
}
