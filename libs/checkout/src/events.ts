import { defineEvent } from '@daraa/kernel';

export interface PurchasedLine {
  readonly variantId: string;
  readonly storeId: string;
  readonly quantity: number;
}

interface PurchaseFact {
  readonly purchaseId: string;
  readonly orderIds: readonly string[];
  /** Merged by variant: each variant stands here once. */
  readonly lines: readonly PurchasedLine[];
}

/** Everything is held and the buyer can pay. */
export const PurchasePlaced = defineEvent<PurchaseFact>('checkout.PurchasePlaced');

/**
 * Captured, authorised or accepted as cash: holds are committed, orders are placed. `cart` names what to take out of the cart
 * that it came from, and the cart's version at that time; undefined for a purchase that left the cart alone.
 */
export const PurchaseConfirmed = defineEvent<
  PurchaseFact & {
    readonly paymentId: string;
    readonly paid: boolean;
    readonly cart?: { readonly cartId: string; readonly version: number };
  }
>('checkout.PurchaseConfirmed');

/** Ended unpaid: could not be reserved, nobody paid in time, or the buyer cancelled. Holds are released. */
export const PurchaseEnded = defineEvent<PurchaseFact & { readonly status: 'failed' | 'expired' | 'cancelled' }>(
  'checkout.PurchaseEnded',
);

/** Money arrived for a purchase that had ended: each order refunds its share. */
export const PurchasePaidLate = defineEvent<{
  readonly purchaseId: string;
  readonly orderIds: readonly string[];
  readonly paymentId: string;
}>('checkout.PurchasePaidLate');
