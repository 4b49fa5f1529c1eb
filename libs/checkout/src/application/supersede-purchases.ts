import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import { DomainError, isDomainError } from '@daraa/kernel';
import { Purchase } from '../domain/purchase.js';
import type { PurchaseStatus } from '../domain/purchase-status.js';
import { ClosePurchase } from './close-purchase.js';
import { PurchaseSearch } from './purchase-search.js';

const ENDED: ReadonlySet<PurchaseStatus> = new Set(['failed', 'cancelled', 'expired']);

/**
 * Ends the buyer's own unfinished purchases that hold what the buyer now wants to buy: the leftovers of a first try (declined,
 * given up, crashed) must never refuse the second.
 */
@Injectable()
export class SupersedePurchases {
  constructor(
    @InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>,
    private readonly search: PurchaseSearch,
    private readonly closePurchase: ClosePurchase,
  ) {}

  /**
   * True when at least one earlier purchase was ended, so that trying again makes sense. Throws `CONFLICT` while nobody knows
   * whether the provider has taken the money of one: the answer to that decides who gets the pieces.
   */
  async execute(current: Purchase): Promise<boolean> {
    const wanted = new Set(current.lines.map((line) => line.variantId));
    const ids = (await this.search.unfinishedOf(current.details.buyer.id)).filter((id) => id !== current.id);
    const earlier = ids.length === 0 ? [] : await this.purchases.findAll(ids);
    const inTheWay = earlier.filter((purchase) => purchase.lines.some((line) => wanted.has(line.variantId)));
    const statuses = await Promise.all(inTheWay.map((purchase) => this.end(purchase)));
    if (statuses.some((status) => ENDED.has(status))) return true;
    if (!statuses.includes('closing')) return false;
    throw new DomainError('CONFLICT', { message: 'An earlier checkout of yours is still being settled. Repeat this one in a moment.' });
  }

  /** Ends one, however far it has come in the meantime, and tells what became of it. */
  private async end(purchase: Purchase): Promise<PurchaseStatus> {
    try {
      const known = await this.closePurchase.giveUp(purchase);
      const isOpen = known.status === 'awaiting_payment' || known.status === 'closing';
      return isOpen ? (await this.closePurchase.execute(known, 'cancelled')).status : known.status;
    } catch (error) {
      if (!isDomainError(error, 'INVALID_TRANSITION')) throw error;
      // Somebody else confirmed or ended it first.
      return (await this.purchases.get(purchase.id)).status;
    }
  }
}
