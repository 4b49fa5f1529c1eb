import type { StoreCopy } from '../domain/product-state.js';

/** What products and their listings say of their stores. */
export abstract class StoreCopies {
  /** Gives every product of the store, and its listing, this copy where theirs is older. Repeating is harmless. */
  abstract keep(store: StoreCopy): Promise<void>;
}
