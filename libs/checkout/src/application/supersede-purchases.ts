import { Injectable, Logger } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import { isDomainError } from '@daraa/kernel';
import { Purchase } from '../domain/purchase.js';
import { ClosePurchase } from './close-purchase.js';
import { PurchaseSearch } from './purchase-search.js';

/**
 * Ends the buyer's own unfinished purchases that hold what the buyer now wants to buy: the leftovers of a first try (declined,
 * given up, crashed) must never refuse the second.
 */
@Injectable()
export class SupersedePurchases {
  private readonly logger = new Logger(SupersedePurchases.name);

  constructor(
    @InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>,
    private readonly search: PurchaseSearch,
    private readonly closePurchase: ClosePurchase,
  ) {}

  /** True when at least one earlier purchase was ended, so that trying again makes sense. */
  async execute(current: Purchase): Promise<boolean> {
    const wanted = new Set(current.lines.map((line) => line.variantId));
    const ids = (await this.search.unfinishedOf(current.details.buyer.id)).filter((id) => id !== current.id);
    const earlier = ids.length === 0 ? [] : await this.purchases.findAll(ids);
    const inTheWay = earlier.filter((purchase) => purchase.lines.some((line) => wanted.has(line.variantId)));
    const ended = await Promise.all(inTheWay.map((purchase) => this.end(purchase)));
    return ended.some(Boolean);
  }

  private async end(purchase: Purchase): Promise<boolean> {
    try {
      const ended =
        purchase.status === 'reserving'
          ? await this.closePurchase.giveUp(purchase)
          : await this.closePurchase.execute(purchase, 'cancelled');
      return ended.status === 'failed' || ended.status === 'cancelled' || ended.status === 'expired';
    } catch (error) {
      // It was confirmed in the meantime, so what it holds is bought.
      if (!isDomainError(error, 'INVALID_TRANSITION')) throw error;
      this.logger.debug(`Purchase ${purchase.id} is not superseded: ${error.message}`);
      return false;
    }
  }
}
