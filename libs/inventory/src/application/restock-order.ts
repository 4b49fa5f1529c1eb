import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, currentContext } from '@daraa/platform';
import { DEFAULT_LOCATION } from '../domain/stock-item.js';
import { mergedLines } from '../domain/stock-lines.js';
import type { StockLine } from '../domain/stock-lines.js';
import { returnId, saleId } from '../domain/stock-movement.js';
import type { StockMovement } from '../domain/stock-movement.js';
import { CommitHolds } from './commit-holds.js';
import { CountMovement } from './count-movement.js';
import { StockMovements } from './stock-movements.js';

/** What was sold to an order that ended. */
export interface EndedOrder {
  readonly orderId: string;
  readonly purchaseId: string;
  readonly lines: readonly StockLine[];
}

/** What was sold to an order that ended comes back, once, and never more than was sold to it. */
@Injectable()
export class RestockOrder {
  constructor(
    private readonly commitHolds: CommitHolds,
    private readonly countMovement: CountMovement,
    private readonly movements: StockMovements,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ orderId, purchaseId, lines }: EndedOrder): Promise<void> {
    await Promise.all(mergedLines(lines).map((line) => this.restock(orderId, purchaseId, line)));
  }

  private async restock(orderId: string, purchaseId: string, line: StockLine): Promise<void> {
    const sale = await this.saleOf(purchaseId, line);
    const quantity = Math.min(line.quantity, -sale.quantity);
    if (quantity <= 0) return;
    const { variantId, storeId } = sale;
    const movement: StockMovement = {
      id: returnId(orderId, variantId),
      variantId,
      storeId,
      kind: 'return',
      quantity,
      location: DEFAULT_LOCATION,
      reason: 'order cancelled',
      reference: orderId,
      actor: currentContext().actor,
      at: this.clock.now(),
    };
    await this.countMovement.execute(variantId, movement.id, () => ({ movement }));
  }

  /** Events come in any order: a sale that is not written down yet is finished first. */
  private async saleOf(purchaseId: string, line: StockLine): Promise<StockMovement> {
    const id = saleId(purchaseId, line.variantId);
    const known = await this.movements.find(id);
    if (known) return known;
    await this.commitHolds.goOn(purchaseId, line);
    const sale = await this.movements.find(id);
    if (!sale) throw new Error(`The sale ${id} is neither made nor given up.`);
    return sale;
  }
}
