/** Carts that nobody has changed for too long. */
export abstract class ExpiredCarts {
  /** Deletes those that had expired by then; returns how many. */
  abstract removeBefore(at: Date): Promise<number>;
}
