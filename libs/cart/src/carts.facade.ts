import { Inject, Injectable } from '@nestjs/common';
import type { Actor, Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { cartIdOf } from './application/cart-id.js';
import { Cart } from './domain/cart.js';
import type { CartLine } from './domain/cart.js';

/** What a cart holds at one moment. */
export interface BasketSnapshot {
  readonly cartId: string;
  /** 0 where there is no cart yet. */
  readonly version: number;
  /** Each variant once. */
  readonly lines: readonly CartLine[];
}

/** What other contexts may ask of carts. */
@Injectable()
export class Carts {
  constructor(
    @InjectStore(Cart) private readonly carts: AggregateStore<Cart>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The buyer's cart in one read; no lines where there is none, or it has expired. */
  async snapshotFor(buyer: Actor): Promise<BasketSnapshot> {
    const cartId = cartIdOf(buyer);
    const cart = await this.carts.find(cartId);
    if (!cart || cart.isExpired(this.clock.now())) return { cartId, version: cart?.version ?? 0, lines: [] };
    return { cartId, version: cart.version, lines: cart.items.map(({ variantId, quantity }) => ({ variantId, quantity })) };
  }
}
