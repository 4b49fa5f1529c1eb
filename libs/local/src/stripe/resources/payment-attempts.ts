import type Stripe from 'stripe';
import { cardError, invalidParameter, unexpectedState } from '../http/errors.js';
import { declined, succeeded, type Answer, type Call } from '../http/router.js';
import type { Transaction } from '../state/store.js';
import { declineCharge, makeCharge } from './charges.js';
import { usePaymentMethod } from './payment-methods.js';
import { behaviourOf, type CardBehaviour } from './test-cards.js';

type Declined = Extract<CardBehaviour, { outcome: 'declined' }>;

/** What a confirmation may say beside the intent itself. */
export interface Confirmation {
  paymentMethod?: string;
  returnUrl?: string;
  /** The buyer is not there to authenticate. */
  isOffSession?: boolean;
}

const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/**
 * Tries to pay an intent: the card decides. An intent that waits for authentication may be confirmed again; with the same
 * card it goes on waiting, with another one it starts over.
 */
export function confirmIntent(call: Call, intent: Stripe.PaymentIntent, confirmation: Confirmation): Answer {
  checkConfirmable(intent);
  const { tx } = call;
  const methodId = confirmation.paymentMethod ?? (typeof intent.payment_method === 'string' ? intent.payment_method : undefined);
  if (methodId === undefined) {
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a " +
        'payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.',
      intent,
    );
  }
  checkReturnUrl(intent, confirmation);
  const method = usePaymentMethod(tx, methodId);
  const behaviour = behaviourOf(method.card?.last4);
  if (behaviour.outcome === 'succeeds') return succeeded(pay(tx, intent, method, false));
  if (behaviour.outcome === 'declined') return decline(tx, intent, method, behaviour);
  if (confirmation.isOffSession === true) return decline(tx, intent, method, authenticationRequired);
  return succeeded(askForAuthentication(call, intent, method, confirmation.returnUrl));
}

const authenticationRequired: Declined = {
  outcome: 'declined',
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

function checkConfirmable(intent: Stripe.PaymentIntent): void {
  if (confirmable.includes(intent.status)) return;
  if (intent.status === 'succeeded') {
    const message = 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.';
    throw unexpectedState(message, intent);
  }
  throw unexpectedState(
    `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the ` +
      `following statuses may be confirmed: ${confirmable.join(', ')}.`,
    intent,
  );
}

function checkReturnUrl(intent: Stripe.PaymentIntent, { returnUrl }: Confirmation): void {
  const automatic = intent.automatic_payment_methods;
  if (returnUrl !== undefined || automatic?.enabled !== true || automatic.allow_redirects === 'never') return;
  // Among the types that the emulator lets through, none redirects.
  if (intent.allowed_payment_method_types !== null) return;
  throw invalidParameter(
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might ' +
      "redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment " +
      'methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when ' +
      'creating Setup Intents and Payment Intents.',
    'return_url',
  );
}

/** Charges the card: the intent succeeds or, with manual capture, waits to be captured. */
function pay(tx: Transaction, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, isAuthenticated: boolean): Stripe.PaymentIntent {
  const charge = makeCharge(tx, { intent, method, isAuthenticated });
  const paid: Stripe.PaymentIntent = {
    ...intent,
    payment_method: method.id,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
    status: charge.captured ? 'succeeded' : 'requires_capture',
    amount_received: charge.amount_captured,
    amount_capturable: charge.captured ? 0 : charge.amount,
  };
  tx.put('payment_intent', paid);
  tx.emit(charge.captured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', paid);
  return paid;
}

/** The bank refuses: a failed charge stays as evidence, and the intent asks for another payment method. */
function decline(tx: Transaction, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, reason: Declined): Answer {
  const charge = declineCharge(tx, { intent, method, isAuthenticated: false }, reason);
  const { code, declineCode, message } = reason;
  const error = { code, decline_code: declineCode, message, charge: charge.id, payment_method: method };
  return failPayment(tx, { ...intent, latest_charge: charge.id }, error);
}

type PaymentError = Required<Pick<Stripe.PaymentIntent.LastPaymentError, 'code' | 'message' | 'payment_method'>> &
  Pick<Stripe.PaymentIntent.LastPaymentError, 'charge' | 'decline_code'>;

function failPayment(tx: Transaction, intent: Stripe.PaymentIntent, error: PaymentError): Answer {
  const failed: Stripe.PaymentIntent = {
    ...intent,
    payment_method: null,
    next_action: null,
    last_payment_error: { ...error, type: 'card_error' },
    status: 'requires_payment_method',
  };
  tx.put('payment_intent', failed);
  tx.emit('payment_intent.payment_failed', failed);
  return declined(cardError({ ...error, payment_intent: failed }));
}

function askForAuthentication(
  { tx, publicUrl }: Call,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  returnUrl: string | undefined,
): Stripe.PaymentIntent {
  const url = `${publicUrl}/test/payment_intents/${intent.id}/authenticate`;
  const nextAction: Stripe.PaymentIntent.NextAction =
    returnUrl === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
      : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    payment_method: method.id,
    last_payment_error: null,
    next_action: nextAction,
    status: 'requires_action',
  };
  tx.put('payment_intent', waiting);
  tx.emit('payment_intent.requires_action', waiting);
  return waiting;
}

/**
 * The buyer comes back from 3-D Secure. Throws 400 `payment_intent_unexpected_state` when the intent did not wait for it.
 */
export function finishAuthentication(tx: Transaction, intent: Stripe.PaymentIntent, isAuthenticated: boolean): Stripe.PaymentIntent {
  const method = typeof intent.payment_method === 'string' ? tx.find('payment_method', intent.payment_method) : undefined;
  if (intent.status !== 'requires_action' || method === undefined) {
    throw unexpectedState(`This PaymentIntent has a status of ${intent.status}; there is nothing to authenticate.`, intent);
  }
  if (isAuthenticated) return pay(tx, intent, method, true);
  failPayment(tx, intent, {
    code: 'payment_intent_authentication_failure',
    message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    payment_method: method,
  });
  return tx.find('payment_intent', intent.id) ?? intent;
}
