import type Stripe from 'stripe';
import type { Route } from '../http/router.js';
import { newId, randomText } from '../state/ids.js';
import type { Transaction } from '../state/store.js';
import { bookMovement, processingFee } from './balance-transactions.js';
import { isWithin, listPage, retrieveRoute } from './reads.js';
import { noBillingDetails } from './payment-methods.js';
import type { CardBehaviour } from './test-cards.js';

const week = 7 * 24 * 60 * 60;

type Decline = Extract<CardBehaviour, { outcome: 'declined' }>;

interface Attempt {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  /** The buyer passed 3-D Secure. */
  isAuthenticated: boolean;
}

const challenged: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
};

function cardDetails(tx: Transaction, { intent, method, isAuthenticated }: Attempt): Stripe.Charge.PaymentMethodDetails {
  const { card } = method;
  if (card === undefined) return { type: method.type };
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand: card.brand,
      capture_before: intent.capture_method === 'manual' ? tx.now + week : undefined,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: isAuthenticated ? '05' : null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: randomText(15),
      regulated_status: card.regulated_status,
      three_d_secure: isAuthenticated ? challenged : null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

function outcomeOf(decline: Decline | undefined): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: decline === undefined ? null : '05',
    network_status: decline === undefined ? 'approved_by_network' : 'declined_by_network',
    reason: decline?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: decline === undefined ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
    type: decline === undefined ? 'authorized' : 'issuer_declined',
  };
}

function newCharge(tx: Transaction, attempt: Attempt, decline?: Decline): Stripe.Charge {
  const { intent, method } = attempt;
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: noBillingDetails,
    calculated_statement_descriptor: 'DARAA',
    captured: false,
    created: tx.now,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: decline === undefined,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: cardDetails(tx, attempt),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline === undefined ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

/** A charge that the bank refused. */
export function declineCharge(tx: Transaction, attempt: Attempt, decline: Decline): Stripe.Charge {
  const charge = tx.put('charge', newCharge(tx, attempt, decline));
  tx.emit('charge.failed', charge);
  return charge;
}

/** A charge that is paid: held with `manual` capture, else captured at once and, unless capture is asynchronous, settled. */
export function makeCharge(tx: Transaction, attempt: Attempt): Stripe.Charge {
  const held = newCharge(tx, attempt);
  const method = attempt.intent.capture_method;
  const captured = method === 'manual' ? held : { ...held, captured: true, amount_captured: held.amount };
  const charge = method === 'automatic' ? withMovement(tx, captured) : captured;
  tx.put('charge', charge);
  tx.emit('charge.succeeded', charge);
  return charge;
}

/** Captures a held charge; what is left over goes back to the buyer and counts as refunded, as Stripe counts it. */
export function captureCharge(tx: Transaction, held: Stripe.Charge, amount: number): Stripe.Charge {
  const charge = withMovement(tx, { ...held, captured: true, amount_captured: amount, amount_refunded: held.amount - amount });
  tx.put('charge', charge);
  tx.emit('charge.captured', charge);
  return charge;
}

/** Whether a captured charge still waits for its balance transaction (asynchronous capture). */
export function isUnsettled(charge: Stripe.Charge): boolean {
  return charge.captured && charge.balance_transaction === null;
}

/** Gives a captured charge its balance transaction, which asynchronous capture leaves out of the first answer. */
export function settleCharge(tx: Transaction, charge: Stripe.Charge): Stripe.Charge {
  const settled = tx.put('charge', withMovement(tx, charge));
  tx.emit('charge.updated', settled);
  return settled;
}

function withMovement(tx: Transaction, charge: Stripe.Charge): Stripe.Charge {
  const movement = bookMovement(tx, {
    type: 'charge',
    amount: charge.amount_captured,
    fee: processingFee(charge.amount_captured),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
  });
  return { ...charge, balance_transaction: movement.id };
}

export const chargeRoutes: readonly Route[] = [
  retrieveRoute('charge', '/v1/charges/:id', 'charge'),
  {
    method: 'GET',
    path: '/v1/charges',
    run: (call) => {
      const intent = call.params.text('payment_intent');
      const created = call.params.range('created');
      return listPage(
        call,
        'charge',
        '/v1/charges',
        (charge) => (intent === undefined || charge.payment_intent === intent) && isWithin(created, charge.created),
      );
    },
  },
];
