import type { CartLine } from '../domain/cart.js';

/** Carts whose whole content was bought. */
export abstract class PurchasedCarts {
  /**
   * Empties the cart that has exactly this version, whose lines are what the purchase has bought, without reading it; false
   * where the cart has changed since.
   */
  abstract emptyAt(cartId: string, version: number, purchaseId: string, at: Date): Promise<boolean>;
}

/** What a purchase bought out of a cart. */
export interface BoughtFromCart {
  readonly purchaseId: string;
  readonly cartId: string;
  /** The cart's version when the purchase was made of it. */
  readonly version: number;
  readonly lines: readonly CartLine[];
}
