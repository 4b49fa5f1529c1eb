import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { CLOCK } from '@daraa/platform';
import { canGive, shortageOf } from '../domain/stock-item.js';
import type { Shortage } from '../domain/stock-item.js';
import { mergedLines } from '../domain/stock-lines.js';
import type { StockLine } from '../domain/stock-lines.js';
import { StockItems } from './stock-items.js';

/** Each further attempt means that others were faster in between. */
const ATTEMPTS = 10;

/** Sets the pieces of a purchase aside: all of them or none. */
@Injectable()
export class HoldStock {
  constructor(
    private readonly items: StockItems,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Repeating for the same owner is harmless. Throws `INSUFFICIENT_STOCK` with `data.shortages`; nothing is held then.
   * One round trip where plenty is there.
   */
  async execute(ownerId: string, lines: readonly StockLine[]): Promise<void> {
    const wanted = mergedLines(lines);
    const held = await this.items.hold(ownerId, wanted, this.clock.now());
    const open = wanted.filter((_line, index) => !held[index]);
    const shortages = open.length === 0 ? [] : await this.holdTheRest(ownerId, open);
    if (shortages.length === 0) return;
    const short = new Set(shortages.map((shortage) => shortage.variantId));
    await this.items.release(ownerId, wanted.filter((line) => !short.has(line.variantId)).reverse());
    throw insufficientStock(shortages);
  }

  /** The lines that were not held at first: held by an earlier attempt, near a mark, or short. Returns the short ones. */
  private async holdTheRest(ownerId: string, lines: readonly StockLine[]): Promise<Shortage[]> {
    let open = lines;
    for (let attempt = 0; ; attempt += 1) {
      const found = await this.items.findAll(
        open.map((line) => line.variantId),
        ownerId,
      );
      const items = new Map(found.map((item) => [item.variantId, item]));
      const missing = open.filter((line) => items.get(line.variantId)?.holds[ownerId] === undefined);
      const short = missing.filter((line) => {
        const item = items.get(line.variantId);
        return item === undefined || attempt === ATTEMPTS || !canGive(item, line.quantity);
      });
      if (short.length > 0) return short.map((line) => shortageOf(line, items.get(line.variantId)));
      if (missing.length === 0) return [];
      const held = await this.items.holdAcrossMark(ownerId, missing, this.clock.now());
      open = missing.filter((_line, index) => !held[index]);
      if (open.length === 0) return [];
    }
  }
}

function insufficientStock(shortages: readonly Shortage[]): DomainError {
  return new DomainError('INSUFFICIENT_STOCK', {
    details: shortages.map(({ variantId, available }) => ({
      field: `items.${variantId}`,
      message: available === 0 ? 'This is sold out.' : `Only ${available} left.`,
    })),
    data: { shortages },
  });
}
