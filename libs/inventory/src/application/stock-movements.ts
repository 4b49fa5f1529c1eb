import type { StockMovement } from '../domain/stock-movement.js';

/** The movements, which are inserted once and never changed. */
export abstract class StockMovements {
  /** Inserts movements in one round trip; false for those that stood there already. */
  abstract insert(movements: readonly StockMovement[]): Promise<boolean[]>;

  abstract find(movementId: string): Promise<StockMovement | undefined>;
}
