/** What was sold to a purchase, as the movement says. */
export interface RecordedSale {
  readonly ownerId: string;
  readonly variantId: string;
  /** Pieces that left the stock; zero where a shortage was written down. */
  readonly quantity: number;
}

/** Pieces that are set aside and not sold. */
export interface RecordedHold {
  readonly ownerId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly heldAt: Date;
}

/** Reads the stock as it is kept, for whoever compares it with what it should be. */
export abstract class StockRecords {
  /** All sales to these owners. One query. */
  abstract salesTo(ownerIds: readonly string[]): Promise<RecordedSale[]>;

  /** The holds that were made before that moment and still hold, read piece by piece. */
  abstract heldSince(before: Date): AsyncIterable<RecordedHold>;
}
