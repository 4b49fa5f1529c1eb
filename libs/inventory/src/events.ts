import { defineEvent } from '@daraa/kernel';

/** How much is left of a variant after its stock crossed a mark. Write it only where the known `sequence` is smaller. */
export interface StockLevel {
  readonly variantId: string;
  readonly productId: string;
  readonly storeId: string;
  readonly available: number;
  /** Grows with every crossing of this variant's stock. */
  readonly sequence: number;
}

/** Less than the low mark is left. */
export const StockLow = defineEvent<StockLevel>('inventory.StockLow');
/** Nothing is left. */
export const StockOut = defineEvent<StockLevel>('inventory.StockOut');
/** There is more than the low mark again. */
export const BackInStock = defineEvent<StockLevel>('inventory.BackInStock');

/** A purchase was confirmed, but its hold was gone: somebody must decide who gets the goods. */
export const StockShortage = defineEvent<{ readonly variantId: string; readonly ownerId: string; readonly quantity: number }>(
  'inventory.StockShortage',
);
