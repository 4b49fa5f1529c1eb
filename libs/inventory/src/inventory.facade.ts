import { Injectable } from '@nestjs/common';
import type { HoldOwners } from '@daraa/kernel';
import { CommitHolds } from './application/commit-holds.js';
import type { SoldLine } from './application/commit-holds.js';
import { HoldOwnerRegistry } from './application/hold-owner-registry.js';
import { HoldStock } from './application/hold-stock.js';
import { ReleaseHolds } from './application/release-holds.js';
import { StockQueries } from './application/stock-queries.js';
import { StockRecords } from './application/stock-records.js';
import type { RecordedHold, RecordedSale } from './application/stock-records.js';
import type { Availability } from './domain/stock-item.js';
import type { StockLine } from './domain/stock-lines.js';

/** What other contexts may ask of the stock. */
@Injectable()
export class Inventory {
  constructor(
    private readonly queries: StockQueries,
    private readonly holdStock: HoldStock,
    private readonly commitHolds: CommitHolds,
    private readonly releaseHolds: ReleaseHolds,
    private readonly owners: HoldOwnerRegistry,
    private readonly records: StockRecords,
  ) {}

  /** How much of each variant can be bought, in one query; variants without stock of their own are left out. */
  availabilityOf(variantIds: readonly string[]): Promise<ReadonlyMap<string, Availability>> {
    return this.queries.availabilityOf(variantIds);
  }

  /**
   * Sets all lines aside for the owner, or none: throws `INSUFFICIENT_STOCK` with a detail per line (`items.<variantId>`) and
   * `data.shortages`. Repeating for the same owner is harmless. One round trip where plenty is there.
   */
  hold(ownerId: string, lines: readonly StockLine[]): Promise<void> {
    return this.holdStock.execute(ownerId, lines);
  }

  /** Sells what the owner holds, once, however often it is called. Two round trips. */
  commit(ownerId: string, lines: readonly SoldLine[]): Promise<void> {
    return this.commitHolds.execute(ownerId, lines);
  }

  /** Frees what the owner holds and has not bought. Repeating changes nothing. */
  release(ownerId: string, lines: readonly StockLine[]): Promise<void> {
    return this.releaseHolds.execute(ownerId, lines);
  }

  /** From now on `owners` tells what has become of holds whose owner's id begins with `prefix`. */
  answerFor(prefix: string, owners: HoldOwners): void {
    this.owners.answerFor(prefix, owners);
  }

  /** What was sold to these owners. One query. */
  salesTo(ownerIds: readonly string[]): Promise<RecordedSale[]> {
    return this.records.salesTo(ownerIds);
  }

  /** What was set aside before that moment and is neither sold nor freed, read piece by piece. */
  heldSince(before: Date): AsyncIterable<RecordedHold> {
    return this.records.heldSince(before);
  }
}
