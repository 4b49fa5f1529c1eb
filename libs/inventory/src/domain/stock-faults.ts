import type { Violation } from '@daraa/kernel';
import { totalOf } from './stock-item.js';
import type { StockItem } from './stock-item.js';
import { levelOf, marginOf } from './stock-level.js';
import { saleId } from './stock-movement.js';

/** What the movements say of one variant. */
export interface MovementFacts {
  /** The sum of all of them. */
  readonly sum: number;
  /** Those that item's holds and pending movements ask about and that stand, with the taking that they write down. */
  readonly standing: ReadonlyMap<string, string | undefined>;
}

const RULE = 5;

/** The movements that tell which of an item's facts are still on their way into the collection. */
export function awaitedMovements(item: StockItem): string[] {
  const sales = Object.entries(item.holds).filter(([, hold]) => hold.state === 'committed');
  return [...sales.map(([ownerId]) => saleId(ownerId, item.variantId)), ...Object.keys(item.pending)];
}

/** Pieces that the item counts and the movements do not yet: a crash may leave them so, and the sweep finishes them. */
export function inFlight(item: StockItem, { standing }: MovementFacts): number {
  let pieces = 0;
  for (const [ownerId, hold] of Object.entries(item.holds)) {
    // A sale that another taking made is not this one's: these pieces are on their way back.
    if (hold.state === 'committed' && standing.get(saleId(ownerId, item.variantId)) !== hold.commitId) pieces -= hold.quantity;
  }
  for (const [movementId, movement] of Object.entries(item.pending)) if (!standing.has(movementId)) pieces += movement.quantity;
  return pieces;
}

/** What is wrong with an item: `onHand` = Σ movements, `reserved` = Σ live holds, 0 ≤ `reserved` ≤ `onHand` without backorder. */
export function faultsOf(item: StockItem, facts: MovementFacts): Violation[] {
  const { onHand, reserved, available } = totalOf(item.locations);
  const held = Object.values(item.holds).reduce((sum, hold) => sum + (hold.state === 'held' ? hold.quantity : 0), 0);
  const counted = facts.sum + inFlight(item, facts);
  const level = levelOf(available, item.lowStockThreshold);
  const margin = marginOf(available, item.lowStockThreshold);
  const covered = reserved >= 0 && (item.backorder || reserved <= onHand);
  const claims: [boolean, string, string][] = [
    [onHand === counted, `onHand ${counted}, as its movements say`, `onHand ${onHand}`],
    [reserved === held, `reserved ${held}, as its holds say`, `reserved ${reserved}`],
    [available === onHand - reserved, `available ${onHand - reserved}, which is onHand − reserved`, `available ${available}`],
    [covered, `reserved from 0 to onHand ${onHand}`, `reserved ${reserved}`],
    [item.level === level, `level ${level} with ${available} available`, `level ${item.level}`],
    [item.margin === margin, `margin ${margin} with ${available} available`, `margin ${item.margin}`],
  ];
  const document = `stock_items/${item.variantId}`;
  return claims.filter(([holds]) => !holds).map(([, expected, found]) => ({ rule: RULE, document, expected, found }));
}

/** Movements of a variant that has no stock item. */
export function faultOfOrphans(variantId: string, movements: number): Violation {
  return { rule: RULE, document: `stock_movements of ${variantId}`, expected: 'a stock item', found: `${movements} movements without one` };
}
