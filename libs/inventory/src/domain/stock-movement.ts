import type { Actor } from '@daraa/kernel';

export const MOVEMENT_KINDS = ['purchase', 'sale', 'return', 'adjustment', 'damage', 'transfer'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/**
 * A change of what is on hand, for ever: the movements of a variant add up to its pieces on hand. The id follows from what
 * happened (`sale:<owner>:<variant>`), so that the same thing cannot be written down twice.
 */
export interface StockMovement {
  readonly id: string;
  readonly variantId: string;
  readonly storeId: string;
  readonly kind: MovementKind;
  /** Signed: what came is positive, what went is negative. */
  readonly quantity: number;
  readonly location: string;
  readonly reason: string;
  readonly note?: string;
  /** What it belongs to: the purchase of a sale, the order of a return. */
  readonly reference?: string;
  /** Only sales: which taking of the pieces this writes down; any other taking for the same sale is undone. */
  readonly commitId?: string;
  readonly actor: Actor;
  readonly at: Date;
}

export function saleId(ownerId: string, variantId: string): string {
  return `sale:${ownerId}:${variantId}`;
}

export function returnId(orderId: string, variantId: string): string {
  return `return:${orderId}:${variantId}`;
}

export function initialId(variantId: string): string {
  return `initial:${variantId}`;
}

export function adjustmentId(id: string): string {
  return `adjustment:${id}`;
}

/** The kind of an adjustment that was given for this reason: the reason's own where it names one, `adjustment` else. */
export function kindOfAdjustment(reason: string): MovementKind {
  const named = MOVEMENT_KINDS.find((kind) => kind === reason.trim().toLowerCase());
  return named === undefined || named === 'sale' ? 'adjustment' : named;
}
