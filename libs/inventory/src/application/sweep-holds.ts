import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, Sweep } from '@daraa/platform';
import { verdictOn } from '../domain/hold-verdict.js';
import { totalOf } from '../domain/stock-item.js';
import type { StockItem } from '../domain/stock-item.js';
import type { StockLine } from '../domain/stock-lines.js';
import { CommitHolds } from './commit-holds.js';
import { CountMovement } from './count-movement.js';
import { HoldOwnerRegistry } from './hold-owner-registry.js';
import { ReleaseHolds } from './release-holds.js';
import { StockItems } from './stock-items.js';

const EVERY_MS = 180_000;
/** Younger holds belong to purchases that are being paid. */
const OLD_HOLD_MS = 600_000;
/** Younger pending movements are being written down. */
const OLD_MOVEMENT_MS = 60_000;
const ITEMS_A_BATCH = 100;

interface OldHold extends StockLine {
  readonly ownerId: string;
  readonly committed: boolean;
}

/**
 * The slow net under the events: asks the owner of every old hold what has become of it and releases or sells, and writes down
 * movements that a crash left pending. Run by the worker.
 */
@Injectable()
export class SweepHolds {
  private readonly logger = new Logger(SweepHolds.name);

  constructor(
    private readonly items: StockItems,
    private readonly owners: HoldOwnerRegistry,
    private readonly commitHolds: CommitHolds,
    private readonly releaseHolds: ReleaseHolds,
    private readonly countMovement: CountMovement,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Sweep({ name: 'inventory.sweep-holds', everyMs: EVERY_MS })
  async run(signal?: AbortSignal): Promise<void> {
    let batch: StockItem[] = [];
    for await (const item of this.items.unsettled()) {
      if (signal?.aborted) return;
      batch.push(item);
      if (batch.length < ITEMS_A_BATCH) continue;
      await this.settle(batch);
      batch = [];
    }
    await this.settle(batch);
  }

  private async settle(items: readonly StockItem[]): Promise<void> {
    const now = this.clock.now().getTime();
    for (const item of items) {
      for (const movement of Object.values(item.pending)) {
        if (now - movement.at.getTime() < OLD_MOVEMENT_MS) continue;
        await this.attempt(movement.id, () => this.countMovement.finish(movement, totalOf(item.locations)));
      }
    }
    const holds = items.flatMap((item) => oldHoldsOf(item, now - OLD_HOLD_MS));
    const states = await this.owners.statesOf([...new Set(holds.filter((hold) => !hold.committed).map((hold) => hold.ownerId))]);
    for (const { ownerId, variantId, quantity, committed } of holds) {
      const line = { variantId, quantity };
      const verdict = committed ? 'commit' : verdictOn(states.get(ownerId));
      if (verdict === 'commit') await this.attempt(ownerId, () => this.commitHolds.goOn(ownerId, line));
      if (verdict === 'release') await this.attempt(ownerId, () => this.releaseHolds.execute(ownerId, [line]));
    }
  }

  /** One item must not stop the others; the next sweep finds it again. */
  private async attempt(subject: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error(`The stock of ${subject} could not be swept: ${String(error)}`);
    }
  }
}

function oldHoldsOf(item: StockItem, before: number): OldHold[] {
  return Object.entries(item.holds)
    .filter(([, hold]) => hold.heldAt.getTime() < before)
    .map(([ownerId, { quantity, state }]) => ({ ownerId, variantId: item.variantId, quantity, committed: state === 'committed' }));
}
