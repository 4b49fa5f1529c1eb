import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { Inventory } from '@daraa/inventory';
import type { Clock } from '@daraa/kernel';
import { Orders } from '@daraa/orders';
import { Payments } from '@daraa/payments';
import { Purchase } from '../domain/purchase.js';
import { ConfirmPurchase } from './confirm-purchase.js';
import { payableOf } from './payable.js';

/**
 * Ends an unpaid purchase. The provider is asked to cancel, and its answer decides: if the money was captured after all, the
 * purchase is confirmed. Every step can be repeated; the sweep resumes what a crash interrupted.
 */
@Injectable()
export class ClosePurchase {
  constructor(
    @InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly payments: Payments,
    private readonly orders: Orders,
    private readonly inventory: Inventory,
    private readonly confirmPurchase: ConfirmPurchase,
  ) {}

  /** Throws `INVALID_TRANSITION` when it is confirmed or ended otherwise already. */
  async execute(target: string | Purchase, closingAs: 'expired' | 'cancelled'): Promise<Purchase> {
    const at = this.clock.now();
    const { aggregate } = await this.purchases.update(target, (purchase) => purchase.startClosing(closingAs, at));
    return this.finish(aggregate);
  }

  /** Goes on with a purchase that is closing. */
  async finish(target: string | Purchase): Promise<Purchase> {
    const closing = typeof target === 'string' ? await this.purchases.get(target) : target;
    if (closing.status !== 'closing') return closing;
    const payment = await this.payments.cancel(payableOf(closing));
    if (payment.status === 'captured' || payment.status === 'authorised') return this.confirmPurchase.execute(closing, true);
    // An unknown outcome at the provider stays closing; the sweep asks again.
    if (payment.status !== 'cancelled') return closing;
    const { aggregate } = await this.purchases.update(closing, (purchase) => purchase.end());
    if (aggregate.status === 'expired' || aggregate.status === 'cancelled') await this.release(aggregate, aggregate.status);
    return aggregate;
  }

  /** Gives up a purchase whose checkout died while it was reserving. */
  async giveUp(target: string | Purchase): Promise<Purchase> {
    const { aggregate } = await this.purchases.update(target, (purchase) => {
      if (purchase.status === 'reserving') purchase.giveUp();
    });
    if (aggregate.status === 'failed') await this.release(aggregate, 'failed');
    return aggregate;
  }

  /** What the event does as well; done at once, so that the answer shows it and the stock is free for the next. */
  private async release(purchase: Purchase, status: 'failed' | 'expired' | 'cancelled'): Promise<void> {
    await this.inventory.release(purchase.id, purchase.lines);
    await this.orders.endUnpaid(purchase.id, purchase.orderIds, status);
  }
}
