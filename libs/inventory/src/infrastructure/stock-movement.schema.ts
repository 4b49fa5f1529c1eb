import { Schema } from 'mongoose';
import type { StockMovement } from '../domain/stock-movement.js';

/** A movement as it is stored. */
export type StockMovementDocument = Omit<StockMovement, 'id'> & { readonly _id: string };

export const STOCK_MOVEMENTS = 'stock_movements';

/** The collection `stock_movements`: inserted once, never changed. */
export const stockMovementSchema = new Schema(
  { _id: { type: String, required: true }, variantId: String, at: Date },
  { collection: STOCK_MOVEMENTS, versionKey: false, strict: false, strictQuery: false, id: false, autoCreate: true },
);

// A variant's movements, newest first: GET /stores/:storeId/inventory/:variantId/movements; their sum: `daraa verify`.
stockMovementSchema.index({ variantId: 1, at: -1, _id: -1 });

export function movementOf({ _id, ...rest }: StockMovementDocument): StockMovement {
  return { id: _id, ...rest };
}

export function documentOf({ id, ...rest }: StockMovement): StockMovementDocument {
  return { _id: id, ...rest };
}
