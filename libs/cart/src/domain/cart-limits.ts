import type { Actor } from '@daraa/kernel';

/** Pieces a line may have. */
export const LARGEST_LINE = 99;
/** Lines a cart may have. */
export const LARGEST_CART = 200;

const DAY_MS = 86_400_000;

/** How long a cart lives without being changed, in milliseconds: 30 days, a guest's 7. */
export function lifetimeOf(owner: Actor): number {
  return (owner.type === 'guest' ? 7 : 30) * DAY_MS;
}
