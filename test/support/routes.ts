import { randomIds } from '@daraa/kernel';
import type { Route } from './contract.js';

const ID_PREFIXES: Readonly<Record<string, string>> = {
  storeId: 'sto',
  categoryId: 'cat',
  productId: 'prod',
  variantId: 'var',
  orderId: 'ord',
  purchaseId: 'pur',
  paymentId: 'pay',
  addressId: 'adr',
  sessionId: 'ses',
  itemId: 'itm',
};

/** The path of a route for a client, every parameter filled in: with `known`, else with an id that belongs to nothing. */
export function pathOf({ path }: Route, known: Readonly<Record<string, string>> = {}): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => known[name] ?? randomIds.next(ID_PREFIXES[name] ?? 'acc'));
  return filled.replace('/api/v1', '');
}

/** A header that every route takes and some need. */
export function freshKey(): Record<string, string> {
  return { 'Idempotency-Key': randomIds.next('key') };
}
