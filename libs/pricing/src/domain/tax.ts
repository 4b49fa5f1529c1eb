import { Money } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';

/** A rate as it stands in the settings; `*` stands for every country. Basis points: 800 = 8 %. */
export interface TaxRule {
  readonly country: string;
  readonly region?: string;
  readonly taxClass: string;
  readonly basisPoints: number;
}

export interface TaxDestination {
  readonly country: string;
  readonly region?: string | undefined;
}

/** The rate that fits most closely: region before country before everywhere. Zero where no rule fits. */
export function taxRateFor(rules: readonly TaxRule[], destination: TaxDestination, taxClass: string): number {
  const fits = rules.filter((rule) => rule.taxClass === taxClass);
  const rule =
    fits.find((each) => each.country === destination.country && each.region !== undefined && each.region === destination.region) ??
    fits.find((each) => each.country === destination.country && each.region === undefined) ??
    fits.find((each) => each.country === '*');
  return rule?.basisPoints ?? 0;
}

/** A price taken apart: what the goods cost without tax, and the tax; the two add up to what the buyer pays for it. */
export interface TaxedAmount {
  readonly net: Money;
  readonly tax: Money;
}

/** Tax of an amount that contains it already (`included`) or to which it is added; rounded once, half away from zero. */
export function taxOf(amount: MoneyAmount, basisPoints: number, included: boolean): TaxedAmount {
  const whole = Money.from(amount);
  if (!included) return { net: whole, tax: whole.portion(basisPoints) };
  const tax = whole.includedPortion(basisPoints);
  return { net: whole.subtract(tax), tax };
}
