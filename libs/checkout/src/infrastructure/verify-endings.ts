import { Inject, Injectable } from '@nestjs/common';
import { Inventory } from '@daraa/inventory';
import type { RecordedHold } from '@daraa/inventory';
import type { Clock, Violation } from '@daraa/kernel';
import { CLOCK, inBatches, Verifies } from '@daraa/platform';
import { PurchaseRecords } from './purchase-records.js';
import type { PurchaseDocument, PurchaseFilter } from './purchase-records.js';

const RULE = 8;
const MINUTE_MS = 60_000;
/** The sweep ends what is stuck within a few minutes. */
const STUCK_MS = 10 * MINUTE_MS;
/** The stock's sweep looks at holds of ten minutes, every three minutes. */
const OUTLIVED_MS = 15 * MINUTE_MS;
const BATCH = 200;

const ENDED: ReadonlySet<string> = new Set(['failed', 'expired', 'cancelled']);

/** Rule 8 of `daraa verify`, as far as it is the checkout's: purchases come to an end, and what they held with them. */
@Injectable()
export class VerifyEndings {
  constructor(
    private readonly records: PurchaseRecords,
    private readonly inventory: Inventory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Verifies({ rule: RULE, name: 'no purchase is stuck' })
  async *stuck(): AsyncGenerator<Violation> {
    const before = new Date(this.clock.now().getTime() - STUCK_MS);
    const filters: PurchaseFilter[] = [
      { status: 'reserving', startedAt: { $lt: before } },
      { status: 'closing', closingSince: { $lt: before } },
      { status: 'awaiting_payment', expiresAt: { $lt: before } },
    ];
    for (const filter of filters) {
      for await (const { _id, status, startedAt, closingSince, expiresAt } of this.records.all(filter)) {
        const since = status === 'closing' ? closingSince : status === 'reserving' ? startedAt : expiresAt;
        const found = status === 'awaiting_payment' ? `still unpaid, due by ${iso(since)}` : `${status} since ${iso(since)}`;
        yield { rule: RULE, document: `purchases/${_id}`, expected: 'an end, or a step onwards, within 10 minutes', found };
      }
    }
  }

  @Verifies({ rule: RULE, name: 'no hold outlives its purchase' })
  async *outlived(): AsyncGenerator<Violation> {
    const before = new Date(this.clock.now().getTime() - OUTLIVED_MS);
    for await (const holds of inBatches(this.inventory.heldSince(before), BATCH)) {
      const owners = await this.purchasesOf(holds);
      for (const { ownerId, variantId, quantity, heldAt } of holds) {
        const owner = owners.get(ownerId);
        if (owner && !(ENDED.has(owner.status) && owner.updatedAt < before)) continue;
        const held = `${quantity} pieces held since ${iso(heldAt)} by ${ownerId}, which is ${owner?.status ?? 'absent'}`;
        yield { rule: RULE, document: `stock_items/${variantId}`, expected: 'holds that end with their purchase', found: held };
      }
    }
  }

  private async purchasesOf(holds: readonly RecordedHold[]): Promise<Map<string, PurchaseDocument>> {
    const found = new Map<string, PurchaseDocument>();
    const filter = { _id: { $in: [...new Set(holds.map((hold) => hold.ownerId))] } };
    for await (const purchase of this.records.all(filter)) found.set(purchase._id, purchase);
    return found;
  }
}

function iso(moment: Date | undefined): string {
  return moment?.toISOString() ?? 'an unknown time';
}
