import { Inject, Injectable } from '@nestjs/common';
import { isDomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { PurchaseConfirmed } from '@daraa/checkout/events';
import { AggregateStore, CLOCK, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Cart } from '../domain/cart.js';
import { PurchasedCarts } from './purchased-carts.js';
import type { BoughtFromCart } from './purchased-carts.js';

/** What was bought leaves the cart, once; what the buyer has put in meanwhile stays. */
@Injectable()
export class DropPurchasedLines {
  constructor(
    @InjectStore(Cart) private readonly carts: AggregateStore<Cart>,
    private readonly purchased: PurchasedCarts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One write where the cart has not changed since the purchase was made of it. */
  async execute({ purchaseId, cartId, version, lines }: BoughtFromCart): Promise<void> {
    if (await this.purchased.emptyAt(cartId, version, purchaseId, this.clock.now())) return;
    try {
      await this.carts.update(cartId, (cart) => cart.dropPurchased(purchaseId, lines));
    } catch (error) {
      // The cart has expired and was swept away.
      if (!isDomainError(error, 'NOT_FOUND')) throw error;
    }
  }

  @OnDomainEvent(PurchaseConfirmed, 'cart.drop-purchased-lines')
  async onPurchaseConfirmed({ payload }: EventOf<typeof PurchaseConfirmed>): Promise<void> {
    const { purchaseId, lines, cart } = payload;
    if (cart) await this.execute({ purchaseId, lines, ...cart });
  }
}
