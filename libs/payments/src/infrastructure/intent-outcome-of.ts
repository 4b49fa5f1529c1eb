import type Stripe from 'stripe';
import type { IntentOutcome, PaymentFailure } from '../domain/intent-outcome.js';
import type { RefundOutcome } from '../domain/payment.js';
import type { ProviderRecord } from '../domain/payment-faults.js';
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

/** What a Stripe intent means to us. An intent that lost its method to a decline waits for another one: `failed`. */
export function outcomeOf(intent: Stripe.PaymentIntent): IntentOutcome {
  const failure = intent.status === 'requires_payment_method' ? failureOf(intent.last_payment_error) : null;
  return {
    intentId: intent.id,
    clientSecret: intent.client_secret,
    // A status that we do not know yet is one whose outcome is open.
    status: failure ? 'failed' : (STATUSES.get(intent.status) ?? 'processing'),
    failure,
  };
}

function failureOf(error: Stripe.PaymentIntent.LastPaymentError | null): PaymentFailure | null {
  if (!error) return null;
  return { code: error.decline_code ?? error.code ?? 'declined', message: error.message ?? 'The payment was declined.' };
}

/** What a Stripe refund means to us: money that is still on its way back may yet be refused. */
export function outcomeOfRefund(refund: Stripe.Refund): RefundOutcome {
  if (refund.status === 'succeeded') return { status: 'succeeded', providerRefundId: refund.id };
  if (refund.status === 'failed' || refund.status === 'canceled') {
    return { status: 'failed', reason: refund.failure_reason ?? `The refund is ${refund.status}.` };
  }
  return { status: 'pending' };
}

/** How an intent stands, in money; its `latest_charge` must be expanded. */
export function recordOfIntent(intent: Stripe.PaymentIntent): ProviderRecord {
  const currency = intent.currency.toUpperCase();
  const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
  return {
    status: outcomeOf(intent).status,
    received: { amount: intent.amount_received, currency },
    refunded: { amount: charge?.amount_refunded ?? 0, currency },
  };
}
