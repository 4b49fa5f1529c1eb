/** Finds purchases that need attention; ids only, oldest first. */
export abstract class PurchaseSearch {
  /** The buyer's purchases that are not confirmed and not ended: they may hold stock. */
  abstract unfinishedOf(buyerId: string): Promise<string[]>;
  abstract unpaidSince(before: Date, limit: number): Promise<string[]>;
  abstract reservingSince(before: Date, limit: number): Promise<string[]>;
  abstract closingSince(before: Date, limit: number): Promise<string[]>;
}
