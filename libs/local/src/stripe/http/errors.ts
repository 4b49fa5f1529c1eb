import type Stripe from 'stripe';

/** The inside of Stripe's error envelope: `{ "error": { type, code, message, … } }`. */
export type WireError = Pick<
  Stripe.StripeRawError,
  'advice_code' | 'charge' | 'code' | 'decline_code' | 'doc_url' | 'message' | 'param' | 'payment_intent' | 'payment_method'
> & { type: Stripe.RawErrorType };

/**
 * Ends a request with an error answer; whatever the request had written so far is dropped. `isKept` says whether an
 * idempotency key repeats this answer: Stripe keeps what an endpoint decided, but not what never reached one (wrong
 * parameters, no access, a key in use).
 */
export class StripeFailure extends Error {
  constructor(
    readonly status: number,
    readonly error: WireError,
    readonly isKept: boolean,
  ) {
    super(error.message);
  }
}

function withDocumentation(error: WireError): WireError {
  return error.code === undefined ? error : { ...error, doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}` };
}

/** 400 for parameters that no endpoint would take; not kept under an idempotency key. */
export function invalidParameter(message: string, param: string, code?: string): StripeFailure {
  return new StripeFailure(400, withDocumentation({ type: 'invalid_request_error', code, message, param }), false);
}

/** 400 for something that the endpoint looked at and refused; kept under an idempotency key. */
export function refusedRequest(message: string, details: Omit<WireError, 'type' | 'message'> = {}): StripeFailure {
  return new StripeFailure(400, withDocumentation({ type: 'invalid_request_error', message, ...details }), true);
}

/** 404 for an id in the path; 400 for an id in the parameters, where `param` names it. */
export function resourceMissing(name: string, id: string, param?: string): StripeFailure {
  const message = `No such ${name}: '${id}'`;
  const error: WireError = { type: 'invalid_request_error', code: 'resource_missing', message, param: param ?? 'id' };
  return new StripeFailure(param === undefined ? 404 : 400, withDocumentation(error), true);
}

/** 400 `payment_intent_unexpected_state`, with the intent as it is. */
export function unexpectedState(message: string, intent: Stripe.PaymentIntent): StripeFailure {
  return refusedRequest(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
}

/** The body of a 402: a card that was declined, or that its bank could not authenticate. */
export function cardError(error: Omit<WireError, 'type'>): WireError {
  return withDocumentation({ type: 'card_error', ...error });
}

export const failures = {
  noKey: () =>
    unauthenticated(
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth ' +
        "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    ),
  wrongKey: (key: string) => unauthenticated(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}`),
  noAccess: (account: string) =>
    new StripeFailure(
      403,
      {
        type: 'invalid_request_error',
        code: 'account_invalid',
        message: `The provided key does not have access to account '${account}' (or that account does not exist).`,
      },
      false,
    ),
  unknownRoute: (method: string, path: string) =>
    new StripeFailure(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` }, false),
  tooLarge: () => new StripeFailure(413, { type: 'invalid_request_error', message: 'The request body is too large.' }, false),
  keyReused: (key: string) =>
    new StripeFailure(
      400,
      {
        type: 'idempotency_error',
        message:
          'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
          `Try using a key other than '${key}' if you meant to execute a different request.`,
      },
      false,
    ),
  keyInUse: (key: string) =>
    new StripeFailure(
      409,
      {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message:
          'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, ' +
          `and the other request is still going through): ${key}. Please try again later.`,
      },
      false,
    ),
  rateLimited: () =>
    new StripeFailure(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' }, false),
  broken: (message: string) => new StripeFailure(500, { type: 'api_error', message }, false),
} as const;

function unauthenticated(message: string): StripeFailure {
  return new StripeFailure(401, { type: 'invalid_request_error', message }, false);
}
