import type Stripe from 'stripe';
import { invalidParameter, refusedRequest, resourceMissing } from '../http/errors.js';
import type { Parameters } from '../http/parameters.js';
import { succeeded, type Answer, type Call, type Route } from '../http/router.js';
import { newId } from '../state/ids.js';
import type { Transaction } from '../state/store.js';
import { formatAmount } from './amounts.js';
import { bookMovement } from './balance-transactions.js';
import { isUnsettled, settleCharge } from './charges.js';
import { isWithin, listPage, retrieveRoute } from './reads.js';

interface RefundFacts {
  amount: number;
  reason: Stripe.Refund['reason'];
  metadata: Stripe.Metadata;
}

function newRefund(tx: Transaction, charge: Stripe.Charge, { amount, reason, metadata }: RefundFacts): Stripe.Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: {
      type: 'card',
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

/**
 * Gives back what was held and never captured: Stripe writes it as a refund, without a balance transaction as no money
 * had moved.
 */
export function releaseHeld(tx: Transaction, charge: Stripe.Charge, amount: number): void {
  tx.put('refund', newRefund(tx, charge, { amount, reason: null, metadata: {} }));
}

/** The charge that a refund is about. Throws 400 where neither id was given, is unknown, or nothing was captured. */
function chargeToRefund(tx: Transaction, params: Parameters): Stripe.Charge {
  const chargeId = params.text('charge');
  const intentId = params.text('payment_intent');
  if (chargeId === undefined && intentId === undefined) {
    const message = 'One of the following params should be provided for this request: payment_intent or charge.';
    throw invalidParameter(message, 'payment_intent', 'parameter_missing');
  }
  const charge = chargeId === undefined ? undefined : tx.find('charge', chargeId);
  if (chargeId !== undefined && charge === undefined) throw resourceMissing('charge', chargeId, 'charge');
  const subject = intentId ?? charge?.payment_intent;
  const intent = typeof subject === 'string' ? tx.find('payment_intent', subject) : undefined;
  if (intent === undefined) throw resourceMissing('payment_intent', String(subject), 'payment_intent');
  const latest = typeof intent.latest_charge === 'string' ? tx.find('charge', intent.latest_charge) : undefined;
  const found = charge ?? latest;
  if (intent.status === 'succeeded' && found?.captured === true && found.payment_intent === intent.id) return found;
  throw refusedRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, { param: 'payment_intent' });
}

function createRefund({ tx, params }: Call): Answer {
  const found = chargeToRefund(tx, params);
  const asked = params.integer('amount', 1);
  const reason = params.choice('reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null;
  const metadata = params.metadata();
  params.finish();

  const left = found.amount - found.amount_refunded;
  if (left === 0) throw refusedRequest(`Charge ${found.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const amount = asked ?? left;
  if (amount > left) {
    const [wanted, rest] = [formatAmount(amount, found.currency), formatAmount(left, found.currency)];
    throw refusedRequest(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${rest})`, { param: 'amount' });
  }

  const charge = isUnsettled(found) ? settleCharge(tx, found) : found;
  const draft = newRefund(tx, charge, { amount, reason, metadata });
  const movement = bookMovement(tx, {
    type: 'refund',
    amount: -amount,
    fee: 0,
    currency: charge.currency,
    source: draft.id,
    description: 'REFUND FOR CHARGE',
  });
  const refund = tx.put('refund', { ...draft, balance_transaction: movement.id });
  const refunded = tx.put('charge', { ...charge, amount_refunded: charge.amount_refunded + amount, refunded: amount === left });
  tx.emit('refund.created', refund);
  tx.emit('charge.refunded', refunded);
  return succeeded(refund);
}

export const refundRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/refunds', run: createRefund },
  retrieveRoute('refund', '/v1/refunds/:id', 'refund'),
  {
    method: 'GET',
    path: '/v1/refunds',
    run: (call) => {
      const charge = call.params.text('charge');
      const intent = call.params.text('payment_intent');
      const created = call.params.range('created');
      return listPage(
        call,
        'refund',
        '/v1/refunds',
        (refund) =>
          (charge === undefined || refund.charge === charge) &&
          (intent === undefined || refund.payment_intent === intent) &&
          isWithin(created, refund.created),
      );
    },
  },
];
