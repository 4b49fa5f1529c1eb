import type { Page, PageRequest } from '@daraa/kernel';
import type { Availability } from '../domain/stock-item.js';
import type { StockLevelName } from '../domain/stock-level.js';
import type { MovementKind } from '../domain/stock-movement.js';

/** One variant's stock as its store sees it. */
export interface StockView {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly level: StockLevelName;
  readonly lowStockThreshold: number;
}

/** One movement as the store sees it. */
export interface MovementView {
  readonly id: string;
  readonly variantId: string;
  readonly kind: MovementKind;
  readonly quantity: number;
  readonly reason: string;
  readonly note: string | null;
  readonly reference: string | null;
  readonly at: Date;
}

/** Reads stock as plain views. */
export abstract class StockQueries {
  /** How much of each variant can be bought, in one query; variants without stock of their own are left out. */
  abstract availabilityOf(variantIds: readonly string[]): Promise<Map<string, Availability>>;

  /** A store's stock; with `low` only what is low or out. */
  abstract ofStore(storeId: string, page: PageRequest, low: boolean): Promise<Page<StockView>>;

  /** A variant's movements, newest first. Throws `VARIANT_NOT_FOUND` unless the store sells it. */
  abstract movementsOf(storeId: string, variantId: string, page: PageRequest): Promise<Page<MovementView>>;
}
