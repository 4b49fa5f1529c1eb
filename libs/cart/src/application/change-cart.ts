import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Actor, Clock, IdSource } from '@daraa/kernel';
import { AggregateStore, asDuplicateKey, CLOCK, IDS, InjectStore, Turns } from '@daraa/platform';
import { Settings } from '@daraa/settings';
import { Cart } from '../domain/cart.js';
import type { CartLine } from '../domain/cart.js';
import { viewOf } from '../domain/cart-view.js';
import type { CartView } from '../domain/cart-view.js';
import { cartIdOf } from './cart-id.js';
import { Market } from './market.js';
import type { Offers } from './market.js';

/** Whose cart it is, and the guest's cart that the same person brings along, which is merged into it. */
export interface Visitor {
  readonly buyer: Actor;
  readonly guest?: Actor;
}

/** What shall be done to a cart. */
interface Change {
  readonly apply: (cart: Cart, offers: Offers) => void;
  /** Variants to ask about beside those in the cart. */
  readonly variantIds?: readonly string[];
  /** `VERSION_MISMATCH` unless the cart has this version. */
  readonly expectedVersion?: number | undefined;
}

/** The carts of the visit, as they were read. */
interface Found {
  readonly own: Cart | undefined;
  /** The guest's cart, where it holds something to merge. */
  readonly guest: Cart | undefined;
}

/**
 * All that buyers do with their carts. Each of them costs one read of the carts, one of the catalog, one of the stock and, where
 * something changes, one write; a merge costs one write more, which empties the guest's cart.
 */
@Injectable()
export class ChangeCart {
  private readonly turns = new Turns();

  constructor(
    @InjectStore(Cart) private readonly carts: AggregateStore<Cart>,
    private readonly market: Market,
    private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The cart as it stands now, with what a guest's cart brings. */
  show(visitor: Visitor): Promise<CartView> {
    return this.execute(visitor, undefined);
  }

  /** Throws `VARIANT_NOT_FOUND`, `PRODUCT_NOT_AVAILABLE`, and what Cart.add throws. */
  add(visitor: Visitor, line: CartLine, expectedVersion?: number): Promise<CartView> {
    const at = this.clock.now();
    const apply = (cart: Cart, offers: Offers): void => {
      const { variant, available } = offers.of(line.variantId);
      if (!variant) throw new DomainError('VARIANT_NOT_FOUND');
      if (!variant.sellable) throw notForSale(line.variantId);
      cart.add(line, variant.price, available, at);
    };
    return this.execute(visitor, { apply, variantIds: [line.variantId], expectedVersion });
  }

  /** Throws what Cart.setQuantity throws. */
  setQuantity(visitor: Visitor, itemId: string, quantity: number, expectedVersion?: number): Promise<CartView> {
    const apply = (cart: Cart, offers: Offers): void => cart.setQuantity(itemId, quantity, (variantId) => offers.availableOf(variantId));
    return this.execute(visitor, { apply, expectedVersion });
  }

  /** Throws `CART_ITEM_NOT_FOUND`. */
  remove(visitor: Visitor, itemId: string, expectedVersion?: number): Promise<CartView> {
    return this.execute(visitor, { apply: (cart) => cart.remove(itemId), expectedVersion });
  }

  clear(visitor: Visitor, expectedVersion?: number): Promise<CartView> {
    return this.execute(visitor, { apply: (cart) => cart.clear(), expectedVersion });
  }

  /** One buyer's requests take turns within a process: they would only collide. */
  private execute(visitor: Visitor, change: Change | undefined): Promise<CartView> {
    return this.turns.take(visitor.buyer.id, () => this.run(visitor, change));
  }

  private async run(visitor: Visitor, change: Change | undefined): Promise<CartView> {
    const found = await this.find(visitor);
    const present = [...(found.own?.items ?? []), ...(found.guest?.items ?? [])].map((item) => item.variantId);
    const offers = await this.market.offersOf([...present, ...(change?.variantIds ?? [])]);
    const cart = await this.write(visitor.buyer, found, offers, change);
    if (found.guest) await this.empty(found.guest, cart);
    return this.view(cart, offers);
  }

  private async find({ buyer, guest }: Visitor): Promise<Found> {
    const ids = [cartIdOf(buyer), ...(guest === undefined ? [] : [cartIdOf(guest)])];
    const now = this.clock.now();
    const carts = await this.carts.findAll(ids);
    const [own, brought] = ids.map((id) => carts.find((cart) => cart.id === id));
    return { own, guest: brought && brought.items.length > 0 && !brought.isExpired(now) ? brought : undefined };
  }

  /** Merges and changes in one write. A cart that stays as it is, or stays empty, is not written. */
  private async write(buyer: Actor, { own, guest }: Found, offers: Offers, change: Change | undefined): Promise<Cart> {
    const at = this.clock.now();
    const fillId = this.ids.next('fil');
    const apply = (cart: Cart): void => {
      const brought = guest && cart.lacks(guest.fill) ? guest.fill : undefined;
      if (!change && !brought) return;
      cart.touch(at, fillId);
      if (brought) cart.absorb(brought, (variantId) => offers.availableOf(variantId));
      change?.apply(cart, offers);
    };
    const expectedVersion = change?.expectedVersion;
    if (own && !change && !guest) return own.isExpired(at) ? this.emptied(own, buyer, fillId, at) : own;
    if (own) return (await this.carts.update(own, apply, { expectedVersion })).aggregate;
    if (expectedVersion !== undefined && expectedVersion !== 0) throw new DomainError('VERSION_MISMATCH');
    const fresh = Cart.open(cartIdOf(buyer), buyer, fillId, at);
    apply(fresh);
    if (fresh.items.length === 0) return fresh;
    try {
      return await this.carts.insert(fresh);
    } catch (error) {
      // Another request of the same buyer was faster to open the cart.
      if (!asDuplicateKey(error)?.isSameId) throw error;
      return (await this.carts.update(fresh.id, apply)).aggregate;
    }
  }

  /** An expired cart as it is shown until something changes it: empty. */
  private emptied(cart: Cart, buyer: Actor, fillId: string, at: Date): Cart {
    const { state } = Cart.open(cart.id, buyer, fillId, at).snapshot();
    return new Cart({ id: cart.id, version: cart.version, state });
  }

  /** What the cart has taken over leaves the guest's cart: only after it stands in the other, and only that. */
  private async empty(guest: Cart, cart: Cart): Promise<void> {
    const { fillId } = guest.fill;
    const lines = cart.takenOf(fillId);
    await this.carts.update(guest, (each) => each.giveAway({ fillId, lines }));
  }

  /** Requests in parallel may have brought in variants that this one has not asked about. */
  private async view(cart: Cart, offers: Offers): Promise<CartView> {
    const missing = offers.missing(cart.items.map((item) => item.variantId));
    const all = missing.length === 0 ? offers : offers.with(await this.market.offersOf(missing));
    return viewOf(cart, (variantId) => all.of(variantId), this.settings.current().currency);
  }
}

function notForSale(variantId: string): DomainError {
  return new DomainError('PRODUCT_NOT_AVAILABLE', {
    details: [{ field: `items.${variantId}`, message: 'This is not for sale at the moment.' }],
  });
}
