import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, Sweep } from '@daraa/platform';
import { isDomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { ClosePurchase } from './close-purchase.js';
import { PurchaseSearch } from './purchase-search.js';

const EVERY_MS = 10_000;
const BATCH = 100;
/** Longer than any living checkout takes between its first write and its holds. */
const RESERVING_MS = 120_000;
const CLOSING_MS = 30_000;

/** Ends what nobody pays, and finishes what a crash left half done. Run by the worker. */
@Injectable()
export class SweepPurchases {
  private readonly logger = new Logger(SweepPurchases.name);

  constructor(
    private readonly search: PurchaseSearch,
    private readonly closePurchase: ClosePurchase,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Sweep({ name: 'checkout.sweep-purchases', everyMs: EVERY_MS })
  async run(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.each(await this.search.unpaidSince(new Date(now), BATCH), (id) => this.closePurchase.execute(id, 'expired'));
    await this.each(await this.search.reservingSince(new Date(now - RESERVING_MS), BATCH), (id) => this.closePurchase.giveUp(id));
    await this.each(await this.search.closingSince(new Date(now - CLOSING_MS), BATCH), (id) => this.closePurchase.finish(id));
  }

  private async each(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
    for (const id of ids) {
      try {
        await work(id);
      } catch (error) {
        // One purchase must not stop the others; the next sweep finds it again.
        if (!isDomainError(error, 'INVALID_TRANSITION')) this.logger.error(`Purchase ${id} could not be swept: ${String(error)}`);
      }
    }
  }
}
