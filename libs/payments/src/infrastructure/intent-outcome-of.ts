import type Stripe from 'stripe';
import type { IntentOutcome, PaymentFailure } from '../domain/intent-outcome.js';
import type { PaymentStatus } from '../domain/payment-status.js';

const STATUSES: ReadonlyMap<string, PaymentStatus> = new Map([
  ['requires_payment_method', 'pending'],
  ['requires_confirmation', 'pending'],
  ['requires_action', 'requires_action'],
  ['processing', 'processing'],
  ['requires_capture', 'authorised'],
  ['succeeded', 'captured'],
  ['canceled', 'cancelled'],
]);

interface Declined {
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly message?: string | undefined;
}

/** What a Stripe intent means to us. An intent that lost its method to a decline waits for another one: `failed`. */
export function outcomeOf(intent: Stripe.PaymentIntent, declined?: Declined): IntentOutcome {
  const failure = failureOf(intent.last_payment_error ?? undefined, declined);
  const waits = intent.status === 'requires_payment_method';
  return {
    intentId: intent.id,
    clientSecret: intent.client_secret,
    status: waits && failure ? 'failed' : statusOf(intent),
    failure: waits ? failure : null,
  };
}

/** A status that we do not know yet is one whose outcome is open. */
function statusOf(intent: Stripe.PaymentIntent): PaymentStatus {
  return STATUSES.get(intent.status) ?? 'processing';
}

function failureOf(last: Declined | undefined, declined: Declined | undefined): PaymentFailure | null {
  const error = last ?? declined;
  if (!error) return null;
  return { code: error.decline_code ?? error.code ?? 'declined', message: error.message ?? 'The payment was declined.' };
}
