/** Finds payments that need attention; ids only, oldest first. */
export abstract class PaymentSearch {
  abstract unknownSince(before: Date, limit: number): Promise<string[]>;
  abstract refundsRequestedSince(before: Date, limit: number): Promise<string[]>;
}
