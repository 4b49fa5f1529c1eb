import type { MoneyAmount } from '@daraa/kernel';
import type { TaxDestination, TaxRule } from './tax.js';

/** One variant in a basket and what it costs before anything is taken off or added. */
export interface QuoteLineInput {
  readonly variantId: string;
  readonly storeId: string;
  readonly quantity: number;
  readonly unitPrice: MoneyAmount;
  readonly taxClass: string;
  readonly requiresShipping: boolean;
}

/** Everything a quote follows from; kept with the purchase, so that it can be computed again to the same cents. */
export interface QuoteInput {
  readonly currency: string;
  readonly lines: readonly QuoteLineInput[];
  readonly destination: TaxDestination;
  readonly taxRules: readonly TaxRule[];
  readonly pricesIncludeTax: boolean;
  readonly deliveryFee: MoneyAmount;
  /** A store's parcel whose goods cost at least this is delivered free. */
  readonly freeDeliveryFrom: MoneyAmount;
  /** Once for the whole purchase. */
  readonly serviceFee: MoneyAmount;
  /** What the buyer gives the couriers, by store. */
  readonly tips: Readonly<Record<string, MoneyAmount>>;
}

/** One line, taken apart to the cent: total = net + tax, and net + tax = itemsTotal − discount (+ tax where it comes on top). */
export interface QuoteLine {
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPrice: MoneyAmount;
  /** Unit price times quantity. */
  readonly itemsTotal: MoneyAmount;
  readonly discount: MoneyAmount;
  /** The goods without tax, after discounts. */
  readonly net: MoneyAmount;
  readonly taxBasisPoints: number;
  readonly tax: MoneyAmount;
  readonly total: MoneyAmount;
}

/** One store's part of a purchase; it becomes an order. */
export interface QuoteGroup {
  readonly storeId: string;
  readonly lines: readonly QuoteLine[];
  readonly itemsTotal: MoneyAmount;
  readonly discount: MoneyAmount;
  readonly net: MoneyAmount;
  readonly tax: MoneyAmount;
  readonly taxIncluded: boolean;
  readonly deliveryFee: MoneyAmount;
  readonly tip: MoneyAmount;
  /** What this store's part costs, without its share of the service fee. */
  readonly total: MoneyAmount;
  /** This store's share of the purchase's service fee. */
  readonly serviceFee: MoneyAmount;
}

/** What a basket costs. `total` is Σ group totals + `serviceFee`; `toPay` is what is left after points and wallet. */
export interface Quote {
  readonly currency: string;
  readonly groups: readonly QuoteGroup[];
  readonly itemsTotal: MoneyAmount;
  readonly discount: MoneyAmount;
  readonly tax: MoneyAmount;
  readonly deliveryFee: MoneyAmount;
  readonly serviceFee: MoneyAmount;
  readonly tip: MoneyAmount;
  readonly total: MoneyAmount;
  readonly pointsValue: MoneyAmount;
  readonly walletApplied: MoneyAmount;
  readonly toPay: MoneyAmount;
}
