import { DomainError } from './domain-error.js';
import { exponentOf } from './currency.js';

/** The plain shape of money at every border: integer minor units and an ISO 4217 code. */
export interface MoneyAmount {
  readonly amount: number;
  readonly currency: string;
}

const BASIS_POINTS = 10_000;

/**
 * An exact amount in integer minor units of one currency (JOD has 3 decimals, USD 2, JPY 0).
 * Every operation stays within one currency (`CURRENCY_MISMATCH`) and within safe integers (`MONEY_OUT_OF_RANGE`).
 */
export class Money implements MoneyAmount {
  readonly amount: number;
  readonly currency: string;

  private constructor(amount: number, currency: string) {
    this.amount = amount;
    this.currency = currency;
  }

  /** Money of `amount` minor units. Throws `MONEY_OUT_OF_RANGE` unless it is a safe integer, `UNKNOWN_CURRENCY` for other codes. */
  static of(amount: number, currency: string): Money {
    if (!Number.isSafeInteger(amount)) throw new DomainError('MONEY_OUT_OF_RANGE');
    exponentOf(currency);
    return new Money(amount === 0 ? 0 : amount, currency);
  }

  static from(plain: MoneyAmount): Money {
    return plain instanceof Money ? plain : Money.of(plain.amount, plain.currency);
  }

  static zero(currency: string): Money {
    return Money.of(0, currency);
  }

  /** The sum of all parts; zero of `currency` when there are none. */
  static sum(parts: Iterable<MoneyAmount>, currency: string): Money {
    let total = Money.zero(currency);
    for (const part of parts) total = total.add(part);
    return total;
  }

  add(other: MoneyAmount): Money {
    this.mustShareCurrency(other);
    return Money.of(this.amount + other.amount, this.currency);
  }

  subtract(other: MoneyAmount): Money {
    this.mustShareCurrency(other);
    return Money.of(this.amount - other.amount, this.currency);
  }

  negate(): Money {
    return Money.of(-this.amount, this.currency);
  }

  /** This amount `quantity` times; `quantity` is a whole number. */
  times(quantity: number): Money {
    if (!Number.isSafeInteger(quantity)) throw new DomainError('MONEY_OUT_OF_RANGE');
    return Money.of(this.amount * quantity, this.currency);
  }

  /** `basisPoints` hundredths of a percent of this amount, halves rounded away from zero. */
  portion(basisPoints: number): Money {
    if (!Number.isSafeInteger(basisPoints)) throw new DomainError('MONEY_OUT_OF_RANGE');
    return Money.of(divideRounded(BigInt(this.amount) * BigInt(basisPoints), BigInt(BASIS_POINTS)), this.currency);
  }

  /**
   * The part of this amount that is tax when tax of `basisPoints` is included in it: amount × rate / (1 + rate),
   * halves rounded away from zero.
   */
  includedPortion(basisPoints: number): Money {
    if (!Number.isSafeInteger(basisPoints) || basisPoints < 0) throw new DomainError('MONEY_OUT_OF_RANGE');
    return Money.of(divideRounded(BigInt(this.amount) * BigInt(basisPoints), BigInt(BASIS_POINTS + basisPoints)), this.currency);
  }

  /**
   * Splits this amount in proportion to `weights` (non-negative, at least one above zero) by largest remainder,
   * ties broken by position, so that the parts add up to the whole; negative amounts split like their opposite.
   */
  allocate(weights: readonly number[]): Money[] {
    if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) throw new DomainError('MONEY_OUT_OF_RANGE');
    const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
    if (total === 0n) {
      if (this.amount !== 0 || weights.length === 0) throw new DomainError('MONEY_OUT_OF_RANGE');
      return weights.map(() => this);
    }
    const sign = this.amount < 0 ? -1 : 1;
    const whole = BigInt(Math.abs(this.amount));
    const shares = weights.map((weight, position) => {
      const exact = whole * BigInt(weight);
      return { position, floor: exact / total, remainder: exact % total };
    });
    let left = whole - shares.reduce((sum, share) => sum + share.floor, 0n);
    const byRemainder = [...shares].sort((a, b) =>
      a.remainder === b.remainder ? a.position - b.position : a.remainder > b.remainder ? -1 : 1,
    );
    for (const share of byRemainder) {
      if (left === 0n) break;
      share.floor += 1n;
      left -= 1n;
    }
    return shares.map((share) => Money.of(sign * Number(share.floor), this.currency));
  }

  compareTo(other: MoneyAmount): number {
    this.mustShareCurrency(other);
    return Math.sign(this.amount - other.amount);
  }

  isLessThan(other: MoneyAmount): boolean {
    return this.compareTo(other) < 0;
  }

  isMoreThan(other: MoneyAmount): boolean {
    return this.compareTo(other) > 0;
  }

  min(other: MoneyAmount): Money {
    return this.isMoreThan(other) ? Money.from(other) : this;
  }

  max(other: MoneyAmount): Money {
    return this.isLessThan(other) ? Money.from(other) : this;
  }

  equals(other: MoneyAmount): boolean {
    return this.amount === other.amount && this.currency === other.currency;
  }

  isZero(): boolean {
    return this.amount === 0;
  }

  isNegative(): boolean {
    return this.amount < 0;
  }

  isPositive(): boolean {
    return this.amount > 0;
  }

  toJSON(): MoneyAmount {
    return { amount: this.amount, currency: this.currency };
  }

  /** For people: `29.50 USD`, with the currency's own number of decimals. */
  toString(): string {
    const exponent = exponentOf(this.currency);
    const digits = String(Math.abs(this.amount)).padStart(exponent + 1, '0');
    const units = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
    return `${this.amount < 0 ? '-' : ''}${units} ${this.currency}`;
  }

  private mustShareCurrency(other: MoneyAmount): void {
    if (other.currency !== this.currency) throw new DomainError('CURRENCY_MISMATCH');
  }
}

function divideRounded(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n);
  return Number(negative ? -rounded : rounded);
}
