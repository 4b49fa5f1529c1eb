import { DomainError } from './domain-error.js';

/** Codes whose number of decimals is not two. Source: ISO 4217, list one, amendment 177. */
const OTHER_EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0,
  RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  CLF: 4, UYW: 4,
};

/** Codes with two decimals. Source: ISO 4217, list one, amendment 177. */
const TWO_DECIMALS = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
    'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT ' +
    'LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN ' +
    'QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS ' +
    'VED VES WST XCD YER ZAR ZMW ZWG'
  ).split(' '),
);

/** The number of decimals of an ISO 4217 currency's minor unit. Throws `UNKNOWN_CURRENCY`. */
export function exponentOf(currency: string): number {
  const other = Object.hasOwn(OTHER_EXPONENTS, currency) ? OTHER_EXPONENTS[currency] : undefined;
  if (other !== undefined) return other;
  if (TWO_DECIMALS.has(currency)) return 2;
  throw new DomainError('UNKNOWN_CURRENCY', { message: `'${currency}' is not an ISO 4217 currency.` });
}

export function isCurrency(code: string): boolean {
  return Object.hasOwn(OTHER_EXPONENTS, code) || TWO_DECIMALS.has(code);
}
