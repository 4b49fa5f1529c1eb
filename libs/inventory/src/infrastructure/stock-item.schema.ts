import type { DomainEvent } from '@daraa/kernel';
import { aggregateSchema } from '@daraa/platform';
import type { StockItem } from '../domain/stock-item.js';

/** A stock item as it is stored: its id is the variant's. */
export type StockItemDocument = Omit<StockItem, 'variantId'> & { readonly _id: string; readonly outbox: readonly DomainEvent[] };

export const STOCK_ITEMS = 'stock_items';
/** The name of the index, to be hinted: the planner does not find it by itself, because its key is not in the query. */
export const UNSETTLED_HOLDS = 'unsettled_holds';
export const UNSETTLED_MOVEMENTS = 'unsettled_movements';

/** The collection `stock_items`. Hot: nothing but atomic updates, so no field of it needs casting. */
export const stockItemSchema = aggregateSchema(STOCK_ITEMS, { storeId: String, level: String });

// A store's stock, all or what runs out: GET /stores/:storeId/inventory. Levels change rarely.
stockItemSchema.index({ storeId: 1, level: 1, _id: 1 });
// The sweep: items that hold pieces for somebody. An object with at least one key is greater than an empty one.
stockItemSchema.index({ storeId: 1 }, { name: UNSETTLED_HOLDS, partialFilterExpression: { holds: { $gt: {} } } });
// The sweep: items with movements that may not be written down yet.
stockItemSchema.index({ productId: 1 }, { name: UNSETTLED_MOVEMENTS, partialFilterExpression: { pending: { $gt: {} } } });

export function itemOf({ _id, ...rest }: Omit<StockItemDocument, 'outbox'>): StockItem {
  return { variantId: _id, ...rest };
}
