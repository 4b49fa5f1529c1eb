import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { StockItems } from '../application/stock-items.js';
import { StockRecords } from '../application/stock-records.js';
import type { RecordedHold, RecordedSale } from '../application/stock-records.js';
import { saleId } from '../domain/stock-movement.js';
import { STOCK_MOVEMENTS } from './stock-movement.schema.js';
import type { StockMovementDocument } from './stock-movement.schema.js';

/** The character after `:`, so that a range of ids ends behind everything that begins like its beginning. */
const AFTER_COLON = ';';

/** StockRecords over `stock_items` and `stock_movements`. */
@Injectable()
export class MongoStockRecords extends StockRecords {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly items: StockItems,
  ) {
    super();
  }

  async salesTo(ownerIds: readonly string[]): Promise<RecordedSale[]> {
    if (ownerIds.length === 0) return [];
    const ofOwner = ownerIds.map((ownerId) => {
      const beginning = saleId(ownerId, '');
      return { _id: { $gte: beginning, $lt: `${beginning.slice(0, -1)}${AFTER_COLON}` } };
    });
    const found = await this.connection.collection<StockMovementDocument>(STOCK_MOVEMENTS).find({ $or: ofOwner }).toArray();
    return found.map(({ reference = '', variantId, quantity }) => ({ ownerId: reference, variantId, quantity: 0 - quantity }));
  }

  async *heldSince(before: Date): AsyncGenerator<RecordedHold> {
    for await (const { variantId, holds } of this.items.unsettled()) {
      for (const [ownerId, { state, quantity, heldAt }] of Object.entries(holds)) {
        if (state === 'held' && heldAt < before) yield { ownerId, variantId, quantity, heldAt };
      }
    }
  }
}
