import type { MoneyAmount } from '@daraa/kernel';

/** Tax of one country or region and class of goods, in basis points (800 = 8 %). */
export interface TaxRate {
  readonly country: string;
  readonly region?: string;
  readonly taxClass: string;
  readonly basisPoints: number;
}

/** How deliveries are priced until a store draws zones of its own. */
export interface DeliverySettings {
  /** For one store's parcel. */
  readonly fee: MoneyAmount;
  /** Parcels whose goods cost at least this are delivered free. */
  readonly freeFrom: MoneyAmount;
  /** ISO 3166-1 alpha-2 codes that stores deliver to; empty: everywhere. */
  readonly countries: readonly string[];
}

/** What the platform's operators decide; read at run time, frozen on what it is applied to. */
export interface PlatformSettings {
  /** The currency of every price, ISO 4217. */
  readonly currency: string;
  readonly taxRates: readonly TaxRate[];
  /** Whether the prices that sellers name contain the tax. */
  readonly pricesIncludeTax: boolean;
  readonly delivery: DeliverySettings;
  /** Once per purchase. */
  readonly serviceFee: MoneyAmount;
  /** The platform's share of goods, in basis points. */
  readonly commissionBasisPoints: number;
  readonly paymentMethods: readonly ('card' | 'cash_on_delivery')[];
  /** How long an unpaid purchase keeps what it holds. */
  readonly unpaidPurchaseMinutes: number;
}

/** What a new platform starts with. */
export const DEFAULT_SETTINGS: PlatformSettings = {
  currency: 'USD',
  taxRates: [{ country: '*', taxClass: 'standard', basisPoints: 800 }],
  pricesIncludeTax: false,
  delivery: {
    fee: { amount: 500, currency: 'USD' },
    freeFrom: { amount: 15_000, currency: 'USD' },
    countries: [],
  },
  serviceFee: { amount: 99, currency: 'USD' },
  commissionBasisPoints: 1000,
  paymentMethods: ['card', 'cash_on_delivery'],
  unpaidPurchaseMinutes: 30,
};
