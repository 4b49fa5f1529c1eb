import { Money } from '@daraa/kernel';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { Cart, CartItem } from './cart.js';
import { stockSentence } from './stock-sentence.js';

/** What the market says of a variant right now; `variant` is undefined where the catalog does not know it. */
export interface Offer {
  readonly variant: OfferedVariant | undefined;
  /** Pieces that can be bought. */
  readonly available: number;
}

export interface OfferedVariant {
  readonly variantId: string;
  readonly productId: string;
  readonly store: { readonly id: string; readonly name: LocalisedText; readonly slug: string };
  readonly name: LocalisedText;
  readonly slug: string;
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly image: string | null;
  readonly price: MoneyAmount;
  readonly sellable: boolean;
}

export interface CartItemView {
  readonly itemId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly name: LocalisedText;
  readonly slug: string;
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly image: string | null;
  readonly unitPrice: MoneyAmount;
  readonly quantity: number;
  readonly lineTotal: MoneyAmount;
  /** Pieces that can be bought now; 0 where it is not for sale. */
  readonly available: number;
}

export const CART_WARNINGS = ['PRICE_CHANGED', 'INSUFFICIENT_STOCK', 'NOT_AVAILABLE'] as const;

/** What has changed about an item since it was added. */
export interface CartWarning {
  readonly itemId: string;
  readonly variantId: string;
  readonly code: (typeof CART_WARNINGS)[number];
  readonly message: string;
  /** With PRICE_CHANGED: what one piece cost when it was added. */
  readonly previousPrice?: MoneyAmount;
  /** With INSUFFICIENT_STOCK: how many can be bought. */
  readonly available?: number;
}

export interface CartView {
  readonly id: string;
  readonly groups: readonly {
    readonly store: { readonly id: string; readonly name: LocalisedText; readonly slug: string };
    readonly items: readonly CartItemView[];
  }[];
  /** Pieces in all. */
  readonly itemCount: number;
  readonly subtotal: MoneyAmount;
  readonly warnings: readonly CartWarning[];
  readonly expiresAt: Date;
  readonly version: number;
}

/**
 * The cart with today's prices and stock, grouped by store in the order in which they came in. Items that the catalog no longer
 * knows are in `warnings` only, and cost nothing.
 */
export function viewOf(cart: Cart, offerOf: (variantId: string) => Offer, currency: string): CartView {
  const groups = new Map<string, { store: OfferedVariant['store']; items: CartItemView[] }>();
  for (const item of cart.items) {
    const offer = offerOf(item.variantId);
    if (!offer.variant) continue;
    const { id, name, slug } = offer.variant.store;
    const group = groups.get(id) ?? { store: { id, name, slug }, items: [] };
    groups.set(id, group);
    group.items.push(itemView(item, offer.variant, offer.available));
  }
  const items = [...groups.values()].flatMap((group) => group.items);
  return {
    id: cart.id,
    groups: [...groups.values()],
    itemCount: cart.items.reduce((sum, item) => sum + item.quantity, 0),
    subtotal: Money.sum(items.map((item) => item.lineTotal), items[0]?.unitPrice.currency ?? currency).toJSON(),
    warnings: cart.items.flatMap((item) => warningsOf(item, offerOf(item.variantId))),
    expiresAt: cart.expiresAt,
    version: cart.version,
  };
}

function itemView({ itemId, variantId, quantity }: CartItem, variant: OfferedVariant, available: number): CartItemView {
  const { productId, name, slug, sku, options, image, price, sellable } = variant;
  return {
    itemId,
    variantId,
    productId,
    name,
    slug,
    sku,
    options,
    image,
    unitPrice: price,
    quantity,
    lineTotal: Money.from(price).times(quantity).toJSON(),
    available: sellable ? available : 0,
  };
}

/** What the buyer must know of an item. One that is not for sale has no other news. */
export function warningsOf({ itemId, variantId, quantity, priceWhenAdded }: CartItem, { variant, available }: Offer): CartWarning[] {
  const about = { itemId, variantId };
  if (!variant?.sellable) return [{ ...about, code: 'NOT_AVAILABLE', message: 'This is not for sale at the moment.' }];
  const warnings: CartWarning[] = [];
  if (!Money.from(variant.price).equals(priceWhenAdded)) {
    const message = `The price was ${Money.from(priceWhenAdded).toString()} and is ${Money.from(variant.price).toString()} now.`;
    warnings.push({ ...about, code: 'PRICE_CHANGED', message, previousPrice: priceWhenAdded });
  }
  if (quantity > available) {
    warnings.push({ ...about, code: 'INSUFFICIENT_STOCK', message: stockSentence(available), available });
  }
  return warnings;
}
