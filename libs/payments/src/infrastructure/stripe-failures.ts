import Stripe from 'stripe';
import { OutcomeUnknown } from '../application/payment-provider.js';
import type { PaymentFailure } from '../domain/intent-outcome.js';

const { errors } = Stripe;

/** After these nobody knows what was done, or nothing was and the same call may do it later. */
const REPEATABLE = [
  errors.StripeAPIError,
  errors.StripeConnectionError,
  errors.StripeRateLimitError,
  errors.StripeIdempotencyError,
  // Our key is wrong or lacks a right: once that is put right, the call can be made.
  errors.StripeAuthenticationError,
  errors.StripePermissionError,
];

/** OutcomeUnknown where repeating the call tells; the error itself where it does not. */
export function unknownOr(error: unknown): unknown {
  return REPEATABLE.some((type) => error instanceof type) ? new OutcomeUnknown(error) : error;
}

/** True when the call's key was used with other parameters before: its first use is the one that counts. */
export function isKeyTaken(error: unknown): boolean {
  return error instanceof OutcomeUnknown && error.cause instanceof errors.StripeIdempotencyError;
}

/** True when Stripe looked at the call and will not do it, today or later; nothing was charged or given back. */
export function isRefusal(error: unknown): error is Stripe.errors.StripeInvalidRequestError {
  return error instanceof errors.StripeInvalidRequestError && error.statusCode === 400;
}

/** True when Stripe knows nothing by the id that was named. */
export function isMissing(error: unknown): boolean {
  return error instanceof errors.StripeInvalidRequestError && error.code === 'resource_missing';
}

/** Why Stripe refused to charge, in words for the buyer; what is our own fault is not theirs to read. */
export function failureOfRefusal(error: Stripe.errors.StripeInvalidRequestError): PaymentFailure {
  const code = error.code ?? 'refused';
  const isBuyersBusiness = error.param === 'payment_method' || code.startsWith('amount_');
  return { code, message: isBuyersBusiness ? error.message : 'The payment could not be made with this card.' };
}

/** True when an answer repeats the first one to its key, which may be old. */
export function isReplayed(headers: Readonly<Record<string, string>> | undefined): boolean {
  return headers?.['idempotent-replayed'] === 'true';
}
