/** How well a variant is stocked: nothing left, at or below its low mark, above it. */
export const STOCK_LEVELS = ['in_stock', 'low', 'out'] as const;
export type StockLevelName = (typeof STOCK_LEVELS)[number];

/** The level of `available` pieces where `lowMark` pieces count as low. */
export function levelOf(available: number, lowMark: number): StockLevelName {
  if (available <= 0) return 'out';
  return available <= lowMark ? 'low' : 'in_stock';
}

/**
 * How many pieces it takes until the level falls: taking fewer than this many leaves the level as it is, so that a plain
 * increment is enough and nobody needs to be told. Zero when nothing is left.
 */
export function marginOf(available: number, lowMark: number): number {
  const level = levelOf(available, lowMark);
  if (level === 'out') return 0;
  return level === 'low' ? available : available - lowMark;
}
