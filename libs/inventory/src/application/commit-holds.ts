import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock, IdSource } from '@daraa/kernel';
import { CLOCK, currentContext, IDS } from '@daraa/platform';
import { canGive, DEFAULT_LOCATION } from '../domain/stock-item.js';
import { mergedLines } from '../domain/stock-lines.js';
import type { StockLine } from '../domain/stock-lines.js';
import { saleId } from '../domain/stock-movement.js';
import type { StockMovement } from '../domain/stock-movement.js';
import { StockItems } from './stock-items.js';
import { StockMovements } from './stock-movements.js';

/** A line that was bought; the store, where the caller knows it, saves a read. */
export interface SoldLine extends StockLine {
  readonly storeId?: string;
}

interface Sale extends StockLine {
  readonly ownerId: string;
  readonly storeId: string;
  readonly commitId: string;
}

const ATTEMPTS = 20;

/**
 * Sells what a purchase holds, once, however often and by however many processes it is told to. The pieces leave `onHand` with
 * the hold's change to committed; then the movement is inserted; only then does the hold go. A crash in between leaves the
 * committed hold, from which anybody goes on. If pieces were taken twice for one sale, the movement tells which taking counts.
 */
@Injectable()
export class CommitHolds {
  private readonly logger = new Logger(CommitHolds.name);

  constructor(
    private readonly items: StockItems,
    private readonly movements: StockMovements,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Two round trips where everything is held. A line whose hold is gone is sold from what is left, else told as a shortage. */
  async execute(ownerId: string, lines: readonly SoldLine[]): Promise<void> {
    const wanted = mergedLines(lines);
    const commitId = this.ids.next('cmt');
    const [committed, storeOf] = await Promise.all([this.items.commit(ownerId, wanted, commitId), this.storesOf(lines)]);
    const sales = wanted
      .filter((_line, index) => committed[index])
      .map((line) => ({ ...line, ownerId, commitId, storeId: storeOf(line.variantId) }));
    const others = wanted.filter((_line, index) => !committed[index]);
    await Promise.all([this.writeDown(sales), ...others.map((line) => this.goOn(ownerId, line))]);
  }

  /** Goes on with a line where somebody stopped: half sold, sold already, or without a hold. */
  async goOn(ownerId: string, line: StockLine): Promise<void> {
    const commitId = this.ids.next('cmt');
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const [item] = await this.items.findAll([line.variantId], ownerId);
      if (!item) throw new Error(`${ownerId} has bought ${line.variantId}, which has no stock item.`);
      const sale = { ...line, ownerId, storeId: item.storeId };
      const hold = item.holds[ownerId];
      if (hold?.state === 'committed') {
        return this.writeDown([{ ...sale, quantity: hold.quantity, commitId: hold.commitId }]);
      }
      if (hold?.state === 'held') {
        if (hold.quantity !== line.quantity) throw new Error(`${ownerId} holds ${hold.quantity} of ${line.variantId}, not ${line.quantity}.`);
        const [committed] = await this.items.commit(ownerId, [line], commitId);
        if (committed) return this.writeDown([{ ...sale, commitId }]);
        continue;
      }
      // The item was read before the movement, so a sale that somebody finishes meanwhile is seen in one of the two.
      if (await this.movements.find(saleId(ownerId, line.variantId))) return;
      if (!canGive(item, line.quantity)) return this.giveUp(sale);
      if (await this.items.takeUnheld(ownerId, line, commitId, this.clock.now())) return this.writeDown([{ ...sale, commitId }]);
    }
    throw new Error(`${line.variantId} changes too fast to sell ${line.quantity} of it to ${ownerId}.`);
  }

  /** Inserts the movements of pieces that are taken, and takes the holds away; what was taken twice goes back. */
  private async writeDown(sales: readonly Sale[]): Promise<void> {
    if (sales.length === 0) return;
    const inserted = await this.movements.insert(sales.map((sale) => this.movementOf(sale)));
    await Promise.all(
      sales.map(async ({ ownerId, variantId, commitId }, index) => {
        const counts = inserted[index] || (await this.movements.find(saleId(ownerId, variantId)))?.commitId === commitId;
        if (counts) this.items.forgetHold(ownerId, variantId, commitId);
        else await this.items.undoCommit(ownerId, variantId, commitId);
      }),
    );
  }

  /** Tells the shortage, then writes down that nothing was sold, so that no repetition sells what comes in later. */
  private async giveUp({ ownerId, storeId, variantId, quantity }: Omit<Sale, 'commitId'>): Promise<void> {
    this.logger.error(`${ownerId} has bought ${quantity} of ${variantId}, but its hold is gone and too few are left.`);
    await this.items.reportShortage(ownerId, { variantId, quantity });
    await this.movements.insert([{ ...this.movementOf({ ownerId, storeId, variantId, quantity: 0 }), reason: 'shortage' }]);
  }

  private movementOf({ ownerId, variantId, storeId, quantity, commitId }: Omit<Sale, 'commitId'> & { commitId?: string }): StockMovement {
    return {
      id: saleId(ownerId, variantId),
      variantId,
      storeId,
      kind: 'sale',
      quantity: 0 - quantity,
      location: DEFAULT_LOCATION,
      reason: 'sold',
      reference: ownerId,
      ...(commitId === undefined ? {} : { commitId }),
      actor: currentContext().actor,
      at: this.clock.now(),
    };
  }

  /** Tells the store of each variant; asks only for those that the caller did not name. */
  private async storesOf(lines: readonly SoldLine[]): Promise<(variantId: string) => string> {
    const known = new Map(lines.flatMap(({ variantId, storeId }) => (storeId === undefined ? [] : [[variantId, storeId] as const])));
    const unknown = lines.map((line) => line.variantId).filter((variantId) => !known.has(variantId));
    if (unknown.length > 0) for (const item of await this.items.findAll(unknown)) known.set(item.variantId, item.storeId);
    return (variantId) => {
      const storeId = known.get(variantId);
      if (storeId === undefined) throw new Error(`${variantId} has no stock item.`);
      return storeId;
    };
  }
}
