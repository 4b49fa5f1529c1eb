import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import type { Actor } from '@daraa/kernel';
import { Orders } from '@daraa/orders';
import type { OrderView } from '@daraa/orders';
import { Payments } from '@daraa/payments';
import type { PaymentView } from '@daraa/payments';
import { Purchase } from '../domain/purchase.js';
import { ClosePurchase } from './close-purchase.js';

/** A purchase with what became of it. */
export interface FoundPurchase {
  readonly purchase: Purchase;
  readonly orders: readonly OrderView[];
  readonly payment: PaymentView | undefined;
}

/** The buyer's own purchases: look at one, cancel one that is not paid. */
@Injectable()
export class FindPurchase {
  constructor(
    @InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>,
    private readonly orders: Orders,
    private readonly payments: Payments,
    private readonly closePurchase: ClosePurchase,
  ) {}

  /** Throws `PURCHASE_NOT_FOUND` for anybody but its buyer. */
  async execute(purchaseId: string, buyer: Actor): Promise<FoundPurchase> {
    const purchase = await this.purchases.get(purchaseId);
    purchase.mustBelongTo(buyer);
    return this.complete(purchase);
  }

  /**
   * Cancels the whole purchase while it is unpaid; what it holds is free again. Cancelling again answers the same. Throws
   * `INVALID_TRANSITION` once it is paid: cancel its orders then.
   */
  async cancel(purchaseId: string, buyer: Actor): Promise<FoundPurchase> {
    const purchase = await this.purchases.get(purchaseId);
    purchase.mustBelongTo(buyer);
    if (purchase.status === 'cancelled') return this.complete(purchase);
    return this.complete(await this.closePurchase.execute(purchase, 'cancelled'));
  }

  private async complete(purchase: Purchase): Promise<FoundPurchase> {
    const [orders, payment] = await Promise.all([
      this.orders.ofPurchase(purchase.id),
      this.payments.find(purchase.details.paymentId),
    ]);
    return { purchase, orders, payment };
  }
}
