import { derivedId } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';

/** The id of a buyer's one cart: a guest is named after its cart. */
export function cartIdOf(buyer: Actor): string {
  return buyer.type === 'guest' ? buyer.id : derivedId('cart', buyer.id);
}
