import { Money } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';

/** The platform's share of an order's goods, and what of it each line bears. */
export interface Commission {
  readonly basisPoints: number;
  /** The goods without tax, after discounts. */
  readonly base: MoneyAmount;
  readonly amount: MoneyAmount;
  /** In the order of the lines; they add up to the amount. */
  readonly shares: readonly MoneyAmount[];
}

/**
 * Commission is computed once for the order, halves of a minor unit rounded away from zero, and split over its lines in proportion
 * to their goods, so that what the lines bear adds up to what the order pays. `base` is what the lines' goods cost together.
 */
export function commissionOf(base: MoneyAmount, basisPoints: number, goods: readonly MoneyAmount[]): Commission {
  const amount = Money.from(base).portion(basisPoints);
  const weights = goods.map((line) => line.amount);
  const shares = amount.allocate(weights.some((weight) => weight > 0) ? weights : goods.map(() => 1));
  return { basisPoints, base: Money.from(base).toJSON(), amount: amount.toJSON(), shares: shares.map((share) => share.toJSON()) };
}
