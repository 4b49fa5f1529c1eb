import { Aggregate, derivedId, DomainError } from '@daraa/kernel';
import type { Actor, MoneyAmount } from '@daraa/kernel';
import { LARGEST_CART, LARGEST_LINE, lifetimeOf } from './cart-limits.js';
import { stockSentence } from './stock-sentence.js';

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

/**
 * What a guest's cart was found to hold, and what was given away of the same filling before. `fillId` tells a filling from the
 * next one, which begins when something is put into the empty cart.
 */
export interface GuestFill {
  readonly fillId: string;
  readonly items: readonly CartItem[];
  readonly given: readonly CartLine[];
}

/** All that was ever taken over from one filling of a guest's cart. */
export interface TakenFill {
  readonly fillId: string;
  readonly lines: readonly CartLine[];
}

export interface CartState {
  readonly owner: Actor;
  items: readonly CartItem[];
  expiresAt: Date;
  /** See GuestFill. */
  fillId: string;
  /** All that other carts have ever taken over from this filling. */
  given: readonly CartLine[];
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
    return new Cart({ id, version: 0, state: { owner, items: [], expiresAt, fillId, given: [], taken: [], purchases: [] } });
  }

  get items(): readonly CartItem[] {
    return this.state.items;
  }

  get expiresAt(): Date {
    return this.state.expiresAt;
  }

  /** What it holds, for a cart that takes it over. */
  get fill(): GuestFill {
    const { fillId, items, given } = this.state;
    return { fillId, items, given };
  }

  isExpired(at: Date): boolean {
    return this.state.expiresAt <= at;
  }

  /** Begins a change: an expired cart is empty, an empty one is filled anew, and the time to the next expiry starts again. */
  touch(at: Date, nextFillId: string): void {
    if (this.isExpired(at)) this.clear();
    if (this.items.length === 0) {
      this.state.fillId = nextFillId;
      this.state.given = [];
    }
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

  clear(): void {
    this.state.items = [];
  }

  /**
   * Takes over what a guest's cart holds: quantities add up, as far as stock and limits allow, but a line is never made smaller
   * and never lost to an empty shelf. Both carts count all that has ever changed hands of one filling, so that repeating, and
   * seeing an older state of the guest's cart, takes nothing twice.
   */
  absorb(fill: GuestFill, availableOf: (variantId: string) => number): void {
    const taken = quantities(this.takenOf(fill.fillId));
    for (const { item, total } of totalsOf(fill)) {
      const more = total - (taken.get(item.variantId) ?? 0);
      if (more > 0 && this.takeOver(item, more, availableOf(item.variantId))) taken.set(item.variantId, total);
    }
    if (taken.size === 0) return;
    const others = this.state.taken.filter((each) => each.fillId !== fill.fillId);
    this.state.taken = [...others, { fillId: fill.fillId, lines: linesOf(taken) }].slice(-MEMORY);
  }

  /** True where this filling has pieces that were not taken over yet. */
  lacks(fill: GuestFill): boolean {
    const taken = quantities(this.takenOf(fill.fillId));
    return totalsOf(fill).some(({ item, total }) => total > (taken.get(item.variantId) ?? 0));
  }

  /** What was taken over from this filling of a guest's cart. */
  takenOf(fillId: string): readonly CartLine[] {
    return this.state.taken.find((each) => each.fillId === fillId)?.lines ?? [];
  }

  /** The other side of `absorb`: all that was ever taken over from this filling is not here any more. */
  giveAway({ fillId, lines }: TakenFill): void {
    if (this.state.fillId !== fillId) return;
    const given = quantities(this.state.given);
    const due = lines.map(({ variantId, quantity }) => ({ variantId, quantity: Math.max(quantity - (given.get(variantId) ?? 0), 0) }));
    this.subtract(due);
    for (const { variantId, quantity } of due) given.set(variantId, (given.get(variantId) ?? 0) + quantity);
    this.state.given = linesOf(given);
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
    const gone = quantities(lines);
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

function quantities(lines: readonly CartLine[]): Map<string, number> {
  return new Map(lines.map((line) => [line.variantId, line.quantity]));
}

function linesOf(pieces: ReadonlyMap<string, number>): CartLine[] {
  return [...pieces].map(([variantId, quantity]) => ({ variantId, quantity }));
}

/** The items of a filling, each with all the pieces that were ever there to be taken. */
function totalsOf({ items, given }: GuestFill): { item: CartItem; total: number }[] {
  const before = quantities(given);
  return items.map((item) => ({ item, total: item.quantity + (before.get(item.variantId) ?? 0) }));
}

function mustBeAllowed(quantity: number): void {
  if (quantity >= 1 && quantity <= LARGEST_LINE) return;
  throw new DomainError('QUANTITY_LIMIT', { details: [{ field: 'quantity', message: `must be from 1 to ${LARGEST_LINE}` }] });
}

function mustBeAvailable({ variantId, quantity }: CartLine, available: number): void {
  if (quantity <= available) return;
  throw new DomainError('INSUFFICIENT_STOCK', {
    details: [{ field: `items.${variantId}`, message: stockSentence(available) }],
    data: { shortages: [{ variantId, requested: quantity, available }] },
  });
}
