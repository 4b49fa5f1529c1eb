import { Injectable } from '@nestjs/common';
import { Carts } from '@daraa/cart';
import { Catalog } from '@daraa/catalog';
import type { VariantView } from '@daraa/catalog';
import { DomainError } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';

/** What the buyer names when buying directly, without the cart. */
export interface RequestedItem {
  readonly variantId: string;
  readonly quantity: number;
}

export interface BasketLine {
  readonly variant: VariantView;
  readonly quantity: number;
}

/** What is about to be bought: every variant once, each for sale right now. */
export interface Basket {
  readonly lines: readonly BasketLine[];
  /** The cart that it came from and its version then; absent when items were named directly. */
  readonly cart?: { readonly cartId: string; readonly version: number };
}

const LARGEST_LINE = 99;

/** Turns a cart, or items named directly, into a basket of what the catalog sells now. */
@Injectable()
export class Baskets {
  constructor(
    private readonly carts: Carts,
    private readonly catalog: Catalog,
  ) {}

  /**
   * Throws `CART_EMPTY`, `QUANTITY_LIMIT`, or `PRODUCT_NOT_AVAILABLE` with a detail per item that is not for sale.
   */
  async of(buyer: Actor | undefined, items: readonly RequestedItem[] | undefined): Promise<Basket> {
    if (items !== undefined) return { lines: await this.linesOf(items) };
    if (buyer === undefined) throw new DomainError('CART_EMPTY');
    const snapshot = await this.carts.snapshotFor(buyer);
    const cart = { cartId: snapshot.cartId, version: snapshot.version };
    return { lines: await this.linesOf(snapshot.lines), cart };
  }

  private async linesOf(items: readonly RequestedItem[]): Promise<BasketLine[]> {
    const merged = mergedByVariant(items);
    if (merged.size === 0) throw new DomainError('CART_EMPTY');
    const found = await this.catalog.variants([...merged.keys()]);
    const variants = new Map(found.map((variant) => [variant.variantId, variant]));
    const unavailable = [...merged.keys()].filter((variantId) => variants.get(variantId)?.sellable !== true);
    if (unavailable.length > 0) {
      throw new DomainError('PRODUCT_NOT_AVAILABLE', {
        details: unavailable.map((variantId) => ({ field: `items.${variantId}`, message: 'This is not for sale at the moment.' })),
      });
    }
    return [...merged].flatMap(([variantId, quantity]) => {
      const variant = variants.get(variantId);
      return variant === undefined ? [] : [{ variant, quantity }];
    });
  }
}

function mergedByVariant(items: readonly RequestedItem[]): Map<string, number> {
  const merged = new Map<string, number>();
  for (const { variantId, quantity } of items) {
    const sum = (merged.get(variantId) ?? 0) + quantity;
    if (sum > LARGEST_LINE) {
      throw new DomainError('QUANTITY_LIMIT', { details: [{ field: `items.${variantId}`, message: `At most ${LARGEST_LINE} pieces.` }] });
    }
    merged.set(variantId, sum);
  }
  return merged;
}
