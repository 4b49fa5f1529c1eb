import { Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { Turns } from '@daraa/platform';
import { totalOf } from '../domain/stock-item.js';
import type { StockCount, StockItem } from '../domain/stock-item.js';
import type { StockMovement } from '../domain/stock-movement.js';
import { StockItems } from './stock-items.js';
import { StockMovements } from './stock-movements.js';

/** A movement that is about to be counted in. */
export interface PlannedMovement {
  readonly movement: StockMovement;
  /** True where the quantity followed from the count that was read, so that another count asks for another quantity. */
  readonly dependsOnCount?: boolean;
}

/** Each further attempt means that another process has counted in a movement of the same variant in between. */
const ATTEMPTS = 100;

/**
 * Counts a movement in exactly once: it leaves the item's `pending` only after it stands in its own collection, and whoever
 * counts it in has read first the item and then the collection, and writes where the item has counted nothing else since.
 */
@Injectable()
export class CountMovement {
  private readonly turns = new Turns();

  constructor(
    private readonly items: StockItems,
    private readonly movements: StockMovements,
  ) {}

  /**
   * `plan` sees the item and says what to count in; undefined: nothing. Returns the count after it. Throws `VARIANT_NOT_FOUND`,
   * `STOCK_BELOW_RESERVED`, and `CONFLICT` when others are faster too many times in a row.
   */
  execute(variantId: string, movementId: string, plan: (item: StockItem) => PlannedMovement | undefined): Promise<StockCount> {
    return this.turns.take(variantId, () => this.countIn(variantId, movementId, plan));
  }

  /** Writes down a movement that is counted in already, and takes it out of `pending`. */
  async finish(movement: StockMovement, count: StockCount): Promise<StockCount> {
    await this.movements.insert([movement]);
    this.items.forgetPending(movement);
    return count;
  }

  private async countIn(
    variantId: string,
    movementId: string,
    plan: (item: StockItem) => PlannedMovement | undefined,
  ): Promise<StockCount> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const [item] = await this.items.findAll([variantId]);
      if (!item) throw new DomainError('VARIANT_NOT_FOUND');
      const planned = plan(item);
      const half = item.pending[movementId];
      if (half) return this.finish(half, totalOf(item.locations));
      if (await this.movements.find(movementId)) return totalOf(item.locations);
      if (!planned) return totalOf(item.locations);
      const { movement, dependsOnCount = false } = planned;
      mustNotTakeReserved(item, movement.quantity);
      const onHand = dependsOnCount ? { onHand: totalOf(item.locations).onHand } : {};
      const count = await this.items.apply(movement, { movementVersion: item.movementVersion, ...onHand });
      if (count) return this.finish(movement, count);
    }
    throw new DomainError('CONFLICT');
  }
}

function mustNotTakeReserved(item: StockItem, quantity: number): void {
  const { onHand, reserved, available } = totalOf(item.locations);
  if (quantity >= 0 || item.backorder || available + quantity >= 0) return;
  throw new DomainError('STOCK_BELOW_RESERVED', {
    message: `${onHand} pieces are on hand and ${reserved} of them are reserved for buyers. Less than that cannot be left.`,
  });
}
