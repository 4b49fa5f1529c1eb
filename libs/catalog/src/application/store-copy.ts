import type { StoreView } from '@daraa/stores';
import type { StoreCopy } from '../domain/product-state.js';

/** What products keep of their store. */
export function storeCopyOf(store: StoreView): StoreCopy {
  return { id: store.id, version: store.version, name: store.name, slug: store.slug, selling: store.selling };
}
