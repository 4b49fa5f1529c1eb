import { StateMachine } from '@daraa/kernel';

export const PURCHASE_STATUSES = [
  'reserving',
  'awaiting_payment',
  'confirmed',
  'closed',
  'failed',
  'closing',
  'expired',
  'cancelled',
] as const;

export type PurchaseStatus = (typeof PURCHASE_STATUSES)[number];

/**
 * A purchase's way from wish to promise. `closing` asks the payment provider to cancel; its answer decides whether the purchase
 * ends or is confirmed after all. A reserving purchase can be confirmed too: its payment is then known before its own last step.
 */
export const purchaseStates = new StateMachine<PurchaseStatus>('purchase', {
  reserving: ['awaiting_payment', 'failed'],
  awaiting_payment: ['confirmed', 'closing'],
  closing: ['confirmed', 'expired', 'cancelled'],
  confirmed: ['closed'],
  closed: [],
  failed: [],
  expired: [],
  cancelled: [],
});
