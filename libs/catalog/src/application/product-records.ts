import type { ProductStatus } from '../domain/product-status.js';

/** What a product says of one of its variants' stock. */
export interface NotedAvailability {
  readonly productId: string;
  readonly variantId: string;
  readonly inStock: boolean;
  /** The product has told something that others may not know yet. */
  readonly inFlight: boolean;
}

/** Reads products as they are kept, for whoever compares them with what they should be. */
export abstract class ProductRecords {
  /** The state of each of these products that exists. One query. */
  abstract statesOf(productIds: readonly string[]): Promise<ReadonlyMap<string, ProductStatus>>;

  /** What all products say of their variants' stock, read piece by piece. */
  abstract notedAvailability(): AsyncIterable<NotedAvailability>;
}
