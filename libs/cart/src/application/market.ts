import { Injectable } from '@nestjs/common';
import { Catalog } from '@daraa/catalog';
import { Inventory } from '@daraa/inventory';
import type { Offer } from '../domain/cart-view.js';

const UNKNOWN: Offer = { variant: undefined, available: 0 };

/** What the catalog and the stock say of some variants, at one moment. */
export class Offers {
  constructor(private readonly offers: ReadonlyMap<string, Offer>) {}

  of(variantId: string): Offer {
    return this.offers.get(variantId) ?? UNKNOWN;
  }

  availableOf(variantId: string): number {
    return this.of(variantId).available;
  }

  /** Those of these variants that nobody has asked about. */
  missing(variantIds: readonly string[]): string[] {
    return variantIds.filter((variantId) => !this.offers.has(variantId));
  }

  with(other: Offers): Offers {
    return new Offers(new Map([...this.offers, ...other.offers]));
  }
}

/** Asks catalog and stock, side by side. */
@Injectable()
export class Market {
  constructor(
    private readonly catalog: Catalog,
    private readonly inventory: Inventory,
  ) {}

  async offersOf(variantIds: readonly string[]): Promise<Offers> {
    const wanted = [...new Set(variantIds)];
    if (wanted.length === 0) return new Offers(new Map());
    const [variants, stock] = await Promise.all([this.catalog.variants(wanted), this.inventory.availabilityOf(wanted)]);
    const known = new Map(variants.map((variant) => [variant.variantId, variant]));
    return new Offers(
      new Map(wanted.map((variantId) => [variantId, { variant: known.get(variantId), available: stock.get(variantId)?.available ?? 0 }])),
    );
  }
}
