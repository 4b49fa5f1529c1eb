/** Finds payments that need attention; ids only, the most overdue first. */
export abstract class PaymentSearch {
  /** Payments with something open at the provider that are to be checked by now. */
  abstract toCheck(now: Date, limit: number): Promise<string[]>;
}
