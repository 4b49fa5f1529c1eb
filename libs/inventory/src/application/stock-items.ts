import type { StockCount, StockItem } from '../domain/stock-item.js';
import type { StockLine } from '../domain/stock-lines.js';
import type { StockMovement } from '../domain/stock-movement.js';

/** What a counted-in movement must find unchanged; `onHand` only where its quantity followed from it. */
export interface ExpectedCount {
  readonly movementVersion: number;
  readonly onHand?: number;
}

/**
 * The stock items. Each method is one atomic write per item, which states its condition in its own filter; whether the condition
 * held is the answer. Crossings of the low mark and of zero are noticed, and told, by the same write.
 */
export abstract class StockItems {
  /** Stores new items; false for those that exist already. */
  abstract open(items: readonly StockItem[]): Promise<boolean[]>;

  /** Those that exist, with their pending movements and, of their many holds, only the owner's. */
  abstract findAll(variantIds: readonly string[], ownerId?: string): Promise<StockItem[]>;

  /** Sets pieces aside where enough are there, the owner holds none yet and the level stays as it is. One round trip for all lines. */
  abstract hold(ownerId: string, lines: readonly StockLine[], at: Date): Promise<boolean[]>;

  /** `hold` that may take the item to another level. */
  abstract holdAcrossMark(ownerId: string, lines: readonly StockLine[], at: Date): Promise<boolean[]>;

  /** What the owner holds is sold: it leaves `onHand`, and the hold stays, committed, until its movement stands. */
  abstract commit(ownerId: string, lines: readonly StockLine[], commitId: string): Promise<boolean[]>;

  /** Sells pieces that were never held, or are not any more, where enough are there; leaves a committed hold. */
  abstract takeUnheld(ownerId: string, line: StockLine, commitId: string, at: Date): Promise<boolean>;

  /** Gives back pieces that were taken a second time for one sale. */
  abstract undoCommit(ownerId: string, variantId: string, commitId: string): Promise<boolean>;

  /** Takes a committed hold away, soon: its movement stands. */
  abstract forgetHold(ownerId: string, variantId: string, commitId: string): void;

  /** What the owner holds, and has not bought, is free again. */
  abstract release(ownerId: string, lines: readonly StockLine[]): Promise<void>;

  /** Counts a movement in and keeps it in `pending`; the new count, or undefined where the expectation or the stock says no. */
  abstract apply(movement: StockMovement, expected: ExpectedCount): Promise<StockCount | undefined>;

  /** Takes a pending movement away, soon: it stands in its own collection. */
  abstract forgetPending(movement: StockMovement): void;

  /** Tells that a confirmed sale found no pieces. */
  abstract reportShortage(ownerId: string, line: StockLine): Promise<void>;

  /** All items that hold pieces for somebody, or have pending movements; read piece by piece. */
  abstract unsettled(): AsyncIterable<StockItem>;
}
