import type { LocalisedText, MoneyAmount } from '@daraa/kernel';

/** One line as it was sold: name, price, tax and commission are frozen here and never looked up again. */
export interface OrderLine {
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
  /** Unit price times quantity. */
  readonly itemsTotal: MoneyAmount;
  readonly discount: MoneyAmount;
  /** The goods without tax, after discounts; the base of the commission. */
  readonly net: MoneyAmount;
  readonly taxBasisPoints: number;
  readonly tax: MoneyAmount;
  readonly total: MoneyAmount;
  readonly commission: MoneyAmount;
}

/** What the parts of an order add up to. total = net + tax + deliveryFee + serviceFee + tip. */
export interface OrderTotals {
  readonly itemsTotal: MoneyAmount;
  readonly discount: MoneyAmount;
  readonly net: MoneyAmount;
  readonly tax: MoneyAmount;
  readonly taxIncluded: boolean;
  readonly deliveryFee: MoneyAmount;
  /** This order's share of the purchase's service fee. */
  readonly serviceFee: MoneyAmount;
  readonly tip: MoneyAmount;
  readonly total: MoneyAmount;
}
