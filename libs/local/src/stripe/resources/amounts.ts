import { invalidParameter, refusedRequest, type StripeFailure } from '../http/errors.js';
import type { Parameters } from '../http/parameters.js';

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** The smallest charge that Stripe accepts, in minor units; other currencies have none here. */
const smallestCharge: Readonly<Record<string, number>> = {
  aed: 200, aud: 50, bgn: 100, brl: 50, cad: 50, chf: 50, czk: 1500, dkk: 250, eur: 50, gbp: 30, hkd: 400, huf: 17500, inr: 50,
  jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300, sgd: 50, thb: 1000, usd: 50,
};
const largestCharge = 99_999_999;

function formatterOf(currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
}

function digitsOf(currency: string): number {
  return formatterOf(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units as Stripe's messages write them: `$20.00`, `JOD 1.500`. */
export function formatAmount(amount: number, currency: string): string {
  return formatterOf(currency).format(amount / 10 ** digitsOf(currency));
}

/** A currency code in lower case. */
export function readCurrency(params: Parameters): string {
  const currency = params.requiredText('currency');
  if (currencies.has(currency)) return currency;
  throw invalidParameter(`Invalid currency: ${currency}. Currencies are three-letter ISO codes in lowercase.`, 'currency');
}

function wrongAmount(code: string, message: string): StripeFailure {
  return refusedRequest(message, { code, param: 'amount' });
}

/** An amount that can be charged; three-decimal currencies are charged in steps of ten minor units, as Stripe does. */
export function readChargeAmount(params: Parameters, currency: string): number {
  const amount = params.requiredInteger('amount', 1);
  const smallest = smallestCharge[currency] ?? 1;
  if (amount < smallest) {
    throw wrongAmount('amount_too_small', `Amount must be at least ${formatAmount(smallest, currency)} ${currency}`);
  }
  if (amount > largestCharge) {
    throw wrongAmount('amount_too_large', `Amount must be no more than ${formatAmount(largestCharge, currency)}`);
  }
  if (digitsOf(currency) === 3 && amount % 10 !== 0) {
    throw wrongAmount('invalid_charge_amount', `Amounts in ${currency} must be divisible by 10.`);
  }
  return amount;
}
