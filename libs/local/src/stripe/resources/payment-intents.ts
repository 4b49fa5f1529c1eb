import type Stripe from 'stripe';
import { invalidParameter, refusedRequest, resourceMissing, unexpectedState } from '../http/errors.js';
import type { Parameters } from '../http/parameters.js';
import { succeeded, type Answer, type Call, type Route } from '../http/router.js';
import { newId, randomText } from '../state/ids.js';
import type { Transaction } from '../state/store.js';
import { formatAmount, readChargeAmount, readCurrency } from './amounts.js';
import { captureCharge } from './charges.js';
import { confirmIntent, type Confirmation } from './payment-attempts.js';
import { checkPaymentMethodTypes, usePaymentMethod } from './payment-methods.js';
import { isWithin, listPage, retrieveRoute } from './reads.js';
import { releaseHeld } from './refunds.js';

const cancellable = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action', 'processing'];

function findIntent(tx: Transaction, id: string): Stripe.PaymentIntent {
  const intent = tx.find('payment_intent', id);
  if (intent === undefined) throw resourceMissing('payment_intent', id);
  return intent;
}

/** Dashboard methods, some of which redirect, are on unless a list of types is given. */
function readAutomaticMethods(params: Parameters, types: string[] | undefined): Stripe.PaymentIntent['automatic_payment_methods'] {
  const group = params.group('automatic_payment_methods');
  if (group === undefined) return types === undefined ? { allow_redirects: 'always', enabled: true } : null;
  const isEnabled = group.flag('enabled') ?? false;
  return { allow_redirects: group.choice('allow_redirects', ['always', 'never']) ?? 'always', enabled: isEnabled };
}

function readShipping(params: Parameters): Stripe.PaymentIntent.Shipping | null {
  const shipping = params.group('shipping');
  if (shipping === undefined) return null;
  const address = shipping.group('address');
  return {
    address: {
      city: address?.text('city') ?? null,
      country: address?.text('country') ?? null,
      line1: address?.text('line1') ?? null,
      line2: address?.text('line2') ?? null,
      postal_code: address?.text('postal_code') ?? null,
      state: address?.text('state') ?? null,
    },
    carrier: shipping.text('carrier') ?? null,
    name: shipping.text('name'),
    phone: shipping.text('phone') ?? null,
    tracking_number: shipping.text('tracking_number') ?? null,
  };
}

function readConfirmation(params: Parameters): Confirmation {
  params.flag('use_stripe_sdk');
  return {
    paymentMethod: params.text('payment_method'),
    returnUrl: params.text('return_url'),
    isOffSession: params.flag('off_session'),
  };
}

/** The intent that the parameters describe; Stripe captures asynchronously unless told otherwise. */
function readIntent({ params, tx }: Call): Stripe.PaymentIntent {
  const currency = readCurrency(params);
  const amount = readChargeAmount(params, currency);
  const types = params.texts('allowed_payment_method_types');
  checkPaymentMethodTypes(types ?? []);
  if (params.text('statement_descriptor') !== undefined) {
    throw invalidParameter('For card charges, set `statement_descriptor_suffix` instead.', 'statement_descriptor');
  }
  const customer = params.text('customer');
  if (customer !== undefined) throw resourceMissing('customer', customer, 'customer');
  params.choice('confirmation_method', ['automatic']);
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: types ?? null,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: readAutomaticMethods(params, types),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.choice('capture_method', ['automatic', 'automatic_async', 'manual']) ?? 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: tx.now,
    currency,
    customer: null,
    customer_account: null,
    description: params.text('description') ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: params.metadata(),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: params.text('receipt_email') ?? null,
    review: null,
    setup_future_usage: params.choice('setup_future_usage', ['off_session', 'on_session']) ?? null,
    shipping: readShipping(params),
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: params.text('statement_descriptor_suffix') ?? null,
    status: 'requires_payment_method',
    transfer_group: params.text('transfer_group') ?? null,
  };
}

function createIntent(call: Call): Answer {
  const { params, tx } = call;
  const intent = tx.put('payment_intent', readIntent(call));
  const isConfirmed = params.flag('confirm') ?? false;
  const confirmation = readConfirmation(params);
  params.finish();
  if (isConfirmed) return confirmIntent(call, intent, confirmation);
  if (confirmation.paymentMethod === undefined) return succeeded(intent);
  const method = usePaymentMethod(tx, confirmation.paymentMethod);
  return succeeded(tx.put('payment_intent', { ...intent, payment_method: method.id, status: 'requires_confirmation' }));
}

function confirm(call: Call): Answer {
  const intent = findIntent(call.tx, call.id);
  const receiptEmail = call.params.text('receipt_email') ?? intent.receipt_email;
  const confirmation = readConfirmation(call.params);
  call.params.finish();
  return confirmIntent(call, { ...intent, receipt_email: receiptEmail }, confirmation);
}

function capture({ tx, params, id }: Call): Answer {
  const intent = findIntent(tx, id);
  const asked = params.integer('amount_to_capture', 1);
  const metadata = params.metadata(intent.metadata);
  params.finish();
  const held = typeof intent.latest_charge === 'string' ? tx.find('charge', intent.latest_charge) : undefined;
  if (intent.status !== 'requires_capture' || held === undefined) throw notCapturable(intent);

  const amount = asked ?? intent.amount_capturable;
  if (amount > intent.amount_capturable) {
    const [wanted, most] = [formatAmount(amount, intent.currency), formatAmount(intent.amount_capturable, intent.currency)];
    throw refusedRequest(`The amount to capture (${wanted}) is greater than the amount that can be captured (${most}).`, {
      code: 'amount_too_large',
      param: 'amount_to_capture',
      payment_intent: intent,
    });
  }
  if (amount < held.amount) releaseHeld(tx, held, held.amount - amount);
  const charge = captureCharge(tx, held, amount);
  const captured = { ...intent, metadata, status: 'succeeded', amount_capturable: 0, amount_received: charge.amount_captured };
  tx.put('payment_intent', captured);
  tx.emit('payment_intent.succeeded', captured);
  return succeeded(captured);
}

function notCapturable(intent: Stripe.PaymentIntent): Error {
  const reason =
    intent.status === 'succeeded'
      ? 'it has already been captured.'
      : `it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`;
  return unexpectedState(`This PaymentIntent could not be captured because ${reason}`, intent);
}

function cancel({ tx, params, id }: Call): Answer {
  const intent = findIntent(tx, id);
  const reason = params.choice('cancellation_reason', ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']) ?? null;
  params.finish();
  if (!cancellable.includes(intent.status)) {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the ` +
        `following statuses may be canceled: ${cancellable.join(', ')}.`,
      intent,
    );
  }
  const held = typeof intent.latest_charge === 'string' ? tx.find('charge', intent.latest_charge) : undefined;
  if (intent.status === 'requires_capture' && held !== undefined) {
    releaseHeld(tx, held, held.amount);
    tx.emit('charge.refunded', tx.put('charge', { ...held, amount_refunded: held.amount, refunded: true }));
  }
  const canceled = {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    next_action: null,
    canceled_at: tx.now,
    cancellation_reason: reason,
  };
  tx.put('payment_intent', canceled);
  tx.emit('payment_intent.canceled', canceled);
  return succeeded(canceled);
}

export const paymentIntentRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/payment_intents', run: createIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/confirm', run: confirm },
  { method: 'POST', path: '/v1/payment_intents/:id/capture', run: capture },
  { method: 'POST', path: '/v1/payment_intents/:id/cancel', run: cancel },
  retrieveRoute('payment_intent', '/v1/payment_intents/:id', 'payment_intent'),
  {
    method: 'GET',
    path: '/v1/payment_intents',
    run: (call) => {
      const created = call.params.range('created');
      return listPage(call, 'payment_intent', '/v1/payment_intents', (intent) => isWithin(created, intent.created));
    },
  },
];
