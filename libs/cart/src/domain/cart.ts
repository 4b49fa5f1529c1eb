import { Aggregate, derivedId, DomainError } from '@daraa/kernel';
import type { Actor, MoneyAmount } from '@daraa/kernel';
import { LARGEST_LINE, LARGEST_CART, lifetimeOf } from './cart-limits.js';

/** One variant that somebody wants, each at most once in a cart. */
export interface CartItem {
  readonly itemId: string;
  readonly variantId: string;
  readonly quantity: number;
  /** What one piece cost when it was added last. */
  readonly priceWhenAdded: MoneyAmount;
  readonly addedAt: Date;
}

/** So many pieces of a variant. */
export interface CartLine {
  readonly variantId: string;
  readonly quantity: number;
}

/** What a guest's cart was found to hold; `fillId` tells this filling of the cart from the next one. */
export interface GuestFill {
  readonly fillId: string;
  readonly items: readonly CartItem[];
}

/** Lines that were taken over from one filling of a guest's cart. */
export interface TakenFill {
  readonly fillId: string;
  readonly lines: readonly CartLine[];
}

export interface CartState {
  readonly owner: Actor;
  items: readonly CartItem[];
  expiresAt: Date;
  /** Changes whenever the cart is emptied as a whole, so that what was taken over from it is never taken twice. */
  fillId: string;
  /** What this cart took over from guests' carts, the latest last. */
  taken: readonly TakenFill[];
  /** The purchases whose lines were taken out, the latest last. */
  purchases: readonly string[];
}

/** How many merges and purchases a cart remembers; a repetition that comes after this many others is not expected. */
export const MEMORY = 20;

/** What somebody wants to buy. Pieces are not set aside for it, and prices are not promised. */
export class Cart extends Aggregate<CartState> {
  /** A cart that is not stored yet. */
  static open(id: string, owner: Actor, fillId: string, at: Date): Cart {
    const expiresAt = new Date(at.getTime() + lifetimeOf(owner));
    return new Cart({ id, version: 0, state: { owner, items: [], expiresAt, fillId, taken: [], purchases: [] } });
  }

  get items(): readonly CartItem[] {
    return this.state.items;
  }

  get expiresAt(): Date {
    return this.state.expiresAt;
  }

  /** What it holds, for a cart that takes it over. */
  get fill(): GuestFill {
    return { fillId: this.state.fillId, items: this.state.items };
  }

  isExpired(at: Date): boolean {
    return this.state.expiresAt <= at;
  }

  /** Begins a change: an expired cart is empty, and the time to the next expiry starts anew. */
  touch(at: Date, nextFillId: string): void {
    if (this.isExpired(at)) this.clear(nextFillId);
    this.state.expiresAt = new Date(at.getTime() + lifetimeOf(this.state.owner));
  }

  /** Adds pieces of a variant; the same variant adds up. Throws `QUANTITY_LIMIT`, `INSUFFICIENT_STOCK`, `CART_LIMIT`. */
  add({ variantId, quantity }: CartLine, unitPrice: MoneyAmount, available: number, at: Date): void {
    mustBeAllowed(quantity);
    const present = this.items.find((item) => item.variantId === variantId);
    const sum = (present?.quantity ?? 0) + quantity;
    mustBeAllowed(sum);
    mustBeAvailable({ variantId, quantity: sum }, available);
    if (present) return this.replace({ ...present, quantity: sum, priceWhenAdded: unitPrice });
    if (this.items.length >= LARGEST_CART) throw new DomainError('CART_LIMIT');
    this.state.items = [...this.items, this.newItem({ variantId, quantity }, unitPrice, at)];
  }

  /**
   * Sets the pieces of an item; none takes it out. Throws `CART_ITEM_NOT_FOUND`, `QUANTITY_LIMIT`, `INSUFFICIENT_STOCK`.
   */
  setQuantity(itemId: string, quantity: number, availableOf: (variantId: string) => number): void {
    const item = this.mustHave(itemId);
    if (quantity === 0) return this.remove(itemId);
    mustBeAllowed(quantity);
    mustBeAvailable({ variantId: item.variantId, quantity }, availableOf(item.variantId));
    this.replace({ ...item, quantity });
  }

  /** Throws `CART_ITEM_NOT_FOUND`. */
  remove(itemId: string): void {
    this.mustHave(itemId);
    this.state.items = this.items.filter((item) => item.itemId !== itemId);
  }

  clear(nextFillId: string): void {
    if (this.items.length === 0) return;
    this.state.items = [];
    this.state.fillId = nextFillId;
  }

  /**
   * Takes over what a guest's cart holds: quantities add up, as far as stock and limits allow, but a line is never made smaller
   * and never lost to an empty shelf. Repeating takes only what came in since.
   */
  absorb({ fillId, items }: GuestFill, availableOf: (variantId: string) => number): void {
    const taken = new Map(this.takenOf(fillId).map((line) => [line.variantId, line.quantity]));
    for (const item of items) {
      const more = item.quantity - (taken.get(item.variantId) ?? 0);
      if (more > 0 && this.takeOver(item, more, availableOf(item.variantId))) taken.set(item.variantId, item.quantity);
    }
    const lines = [...taken].map(([variantId, quantity]) => ({ variantId, quantity }));
    const others = this.state.taken.filter((each) => each.fillId !== fillId);
    if (lines.length > 0) this.state.taken = [...others, { fillId, lines }].slice(-MEMORY);
  }

  /** True where this filling has pieces that were not taken over yet. */
  lacks({ fillId, items }: GuestFill): boolean {
    const taken = new Map(this.takenOf(fillId).map((line) => [line.variantId, line.quantity]));
    return items.some((item) => item.quantity > (taken.get(item.variantId) ?? 0));
  }

  /** What was taken over from this filling of a guest's cart. */
  takenOf(fillId: string): readonly CartLine[] {
    return this.state.taken.find((each) => each.fillId === fillId)?.lines ?? [];
  }

  /** The other side of `absorb`: takes out what was taken over from this filling; for any other filling nothing happens. */
  giveAway(fillId: string, lines: readonly CartLine[], nextFillId: string): void {
    if (this.state.fillId !== fillId) return;
    this.subtract(lines);
    this.state.fillId = nextFillId;
  }

  /** Takes out what was bought, once per purchase. */
  dropPurchased(purchaseId: string, lines: readonly CartLine[]): void {
    if (this.state.purchases.includes(purchaseId)) return;
    this.subtract(lines);
    this.state.purchases = [...this.state.purchases, purchaseId].slice(-MEMORY);
  }

  private takeOver(item: CartItem, more: number, available: number): boolean {
    const present = this.items.find((each) => each.variantId === item.variantId);
    if (!present && this.items.length >= LARGEST_CART) return false;
    const before = present?.quantity ?? 0;
    const sum = Math.max(Math.min(before + more, LARGEST_LINE, available), before, 1);
    if (present) this.replace({ ...present, quantity: sum });
    else this.state.items = [...this.items, this.newItem({ variantId: item.variantId, quantity: sum }, item.priceWhenAdded, item.addedAt)];
    return true;
  }

  private subtract(lines: readonly CartLine[]): void {
    const gone = new Map(lines.map((line) => [line.variantId, line.quantity]));
    this.state.items = this.items
      .map((item) => ({ ...item, quantity: item.quantity - (gone.get(item.variantId) ?? 0) }))
      .filter((item) => item.quantity > 0);
  }

  private newItem({ variantId, quantity }: CartLine, priceWhenAdded: MoneyAmount, addedAt: Date): CartItem {
    return { itemId: derivedId('itm', this.id, variantId), variantId, quantity, priceWhenAdded, addedAt };
  }

  private replace(changed: CartItem): void {
    this.state.items = this.items.map((item) => (item.itemId === changed.itemId ? changed : item));
  }

  private mustHave(itemId: string): CartItem {
    const item = this.items.find((each) => each.itemId === itemId);
    if (!item) throw new DomainError('CART_ITEM_NOT_FOUND');
    return item;
  }
}

function mustBeAllowed(quantity: number): void {
  if (quantity >= 1 && quantity <= LARGEST_LINE) return;
  throw new DomainError('QUANTITY_LIMIT', { details: [{ field: 'quantity', message: `must be from 1 to ${LARGEST_LINE}` }] });
}

function mustBeAvailable({ variantId, quantity }: CartLine, available: number): void {
  if (quantity <= available) return;
  throw new DomainError('INSUFFICIENT_STOCK', {
    details: [{ field: `items.${variantId}`, message: available === 0 ? 'This is sold out.' : `Only ${available} left.` }],
    data: { shortages: [{ variantId, requested: quantity, available }] },
  });
}
