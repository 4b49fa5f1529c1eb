import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { CLOCK, currentContext } from '@daraa/platform';
import { DEFAULT_LOCATION, totalOf } from '../domain/stock-item.js';
import type { StockCount, StockItem } from '../domain/stock-item.js';
import { adjustmentId, kindOfAdjustment } from '../domain/stock-movement.js';
import { CountMovement } from './count-movement.js';
import type { PlannedMovement } from './count-movement.js';

/** So many pieces more or less, or so many counted in all. */
export type AdjustmentSize = { readonly delta: number } | { readonly count: number };

export interface AdjustStockCommand {
  /** The same id is the same adjustment, however often it is asked for. */
  readonly adjustmentId: string;
  readonly storeId: string;
  readonly variantId: string;
  readonly size: AdjustmentSize;
  readonly reason: string;
  readonly note?: string | undefined;
}

/** A store corrects what is on hand: goods came, broke, or were counted. */
@Injectable()
export class AdjustStock {
  constructor(
    private readonly countMovement: CountMovement,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `VARIANT_NOT_FOUND` unless the store sells the variant, `STOCK_BELOW_RESERVED` when reserved pieces would be missing. */
  async execute(command: AdjustStockCommand): Promise<StockCount> {
    const movementId = adjustmentId(command.adjustmentId);
    return this.countMovement.execute(command.variantId, movementId, (item) => this.plan(command, movementId, item));
  }

  private plan(command: AdjustStockCommand, id: string, item: StockItem): PlannedMovement | undefined {
    const { storeId, variantId, size, reason, note } = command;
    if (item.storeId !== storeId) throw new DomainError('VARIANT_NOT_FOUND');
    const byCount = 'count' in size;
    const quantity = byCount ? size.count - totalOf(item.locations).onHand : size.delta;
    if (quantity === 0) return undefined;
    const movement = {
      id,
      variantId,
      storeId,
      kind: kindOfAdjustment(reason),
      quantity,
      location: DEFAULT_LOCATION,
      reason,
      ...(note === undefined ? {} : { note }),
      actor: currentContext().actor,
      at: this.clock.now(),
    };
    return { movement, dependsOnCount: byCount };
  }
}
