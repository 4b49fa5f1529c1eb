import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DomainError } from '@daraa/kernel';
import type { Page, PageRequest } from '@daraa/kernel';
import { readPage } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { StockQueries } from '../application/stock-queries.js';
import type { MovementView, StockView } from '../application/stock-queries.js';
import { availabilityOf, totalOf } from '../domain/stock-item.js';
import type { Availability } from '../domain/stock-item.js';
import { STOCK_LEVELS } from '../domain/stock-level.js';
import { STOCK_ITEMS } from './stock-item.schema.js';
import type { StockItemDocument } from './stock-item.schema.js';
import { STOCK_MOVEMENTS } from './stock-movement.schema.js';
import type { StockMovementDocument } from './stock-movement.schema.js';

const VIEW_FIELDS = { productId: 1, sku: 1, locations: 1, level: 1, lowStockThreshold: 1 };

/** StockQueries over `stock_items` and `stock_movements`. */
@Injectable()
export class MongoStockQueries extends StockQueries {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  async availabilityOf(variantIds: readonly string[]): Promise<Map<string, Availability>> {
    if (variantIds.length === 0) return new Map();
    const found = await this.items()
      .find({ _id: { $in: [...variantIds] } }, { projection: { locations: 1, lowStockThreshold: 1, backorder: 1 } })
      .toArray();
    return new Map(found.map((item) => [item._id, availabilityOf(item)]));
  }

  ofStore(storeId: string, page: PageRequest, low: boolean): Promise<Page<StockView>> {
    // Naming every level lets one index serve both lists in the order of their ids.
    const filter = { storeId, level: { $in: low ? (['low', 'out'] as const) : STOCK_LEVELS } };
    return readPage(this.items(), { filter, sort: { _id: 1 }, projection: VIEW_FIELDS }, page, stockView);
  }

  async movementsOf(storeId: string, variantId: string, page: PageRequest): Promise<Page<MovementView>> {
    const movements = this.connection.collection<StockMovementDocument>(STOCK_MOVEMENTS);
    const [item, found] = await Promise.all([
      this.items().findOne({ _id: variantId, storeId }, { projection: { _id: 1 } }),
      readPage(movements, { filter: { variantId }, sort: { at: -1, _id: -1 } }, page, movementView),
    ]);
    if (!item) throw new DomainError('VARIANT_NOT_FOUND');
    return found;
  }

  private items() {
    return this.connection.collection<StockItemDocument>(STOCK_ITEMS);
  }
}

function stockView({ _id, productId, sku, locations, level, lowStockThreshold }: StockItemDocument): StockView {
  return { variantId: _id, productId, sku, ...totalOf(locations), level, lowStockThreshold };
}

function movementView({ _id, variantId, kind, quantity, reason, note, reference, at }: StockMovementDocument): MovementView {
  return { id: _id, variantId, kind, quantity, reason, note: note ?? null, reference: reference ?? null, at };
}
