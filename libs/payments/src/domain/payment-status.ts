import { StateMachine } from '@daraa/kernel';

export const PAYMENT_STATUSES = ['pending', 'requires_action', 'processing', 'authorised', 'captured', 'failed', 'cancelled'] as const;

export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * A payment's way to the money. `failed` may be tried again. `captured` is final: money that was taken is taken, whatever message
 * comes later; and a cancelled payment can turn out to be captured, because the provider's word decides.
 */
export const paymentStates = new StateMachine<PaymentStatus>('payment', {
  pending: ['requires_action', 'processing', 'authorised', 'captured', 'failed', 'cancelled'],
  requires_action: ['pending', 'processing', 'authorised', 'captured', 'failed', 'cancelled'],
  processing: ['pending', 'requires_action', 'authorised', 'captured', 'failed', 'cancelled'],
  failed: ['pending', 'requires_action', 'processing', 'authorised', 'captured', 'cancelled'],
  authorised: ['captured', 'cancelled'],
  cancelled: ['captured'],
  captured: [],
});

/** What the provider never takes back to an earlier state, so that it holds from whichever attempt and whenever it is heard. */
export function isConclusive(status: PaymentStatus): boolean {
  return status === 'captured' || status === 'authorised' || status === 'cancelled';
}
