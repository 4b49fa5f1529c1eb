/** What a code means to a client: the HTTP status and a sentence that a person can act on. */
export interface ErrorDefinition {
  readonly status: number;
  readonly message: string;
}

/**
 * The one catalogue of error codes. A code is never reused for another meaning and never removed while a client may see it.
 * Contexts add their codes here, so that the API has one list.
 */
export const ERROR_CATALOGUE = {
  // Shape of the request
  VALIDATION_ERROR: { status: 400, message: 'Some fields are not valid. See details for each of them.' },
  MALFORMED_JSON: { status: 400, message: 'The body is not valid JSON.' },
  INVALID_SIGNATURE: { status: 400, message: 'The webhook signature does not match the body or is too old.' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, message: 'Send an Idempotency-Key header of 1 to 255 printable characters.' },
  UNKNOWN_CURRENCY: { status: 400, message: 'The currency is not an ISO 4217 code.' },
  CURRENCY_MISMATCH: { status: 422, message: 'All amounts must be in the same currency.' },
  MONEY_OUT_OF_RANGE: { status: 422, message: 'An amount is too large to be counted exactly.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The body is larger than this route accepts.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send the body as application/json.' },
  BAD_URL: { status: 400, message: 'The address of the request is not a valid URL.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This address does not answer that method.' },
  REQUEST_TIMEOUT: { status: 408, message: 'The request took too long to arrive. Send it again.' },
  URI_TOO_LONG: { status: 414, message: 'The address of the request is too long.' },
  HEADERS_TOO_LARGE: { status: 431, message: 'The headers of the request are too large.' },

  // Who is asking
  INVALID_CREDENTIALS: { status: 401, message: 'Email or password is wrong.' },
  UNAUTHENTICATED: { status: 401, message: 'Log in and send the access token as a Bearer token.' },
  TOKEN_EXPIRED: { status: 401, message: 'The access token has expired. Refresh it and try again.' },
  REFRESH_TOKEN_INVALID: { status: 401, message: 'The refresh token is not valid any more. Log in again.' },
  FORBIDDEN: { status: 403, message: 'You may not do this.' },
  ACCOUNT_NOT_VERIFIED: { status: 403, message: 'Verify your email or phone first.' },
  ACCOUNT_LOCKED: { status: 423, message: 'Too many failed attempts. Try again in 15 minutes.' },
  OTP_INVALID: { status: 422, message: 'The code is wrong or has expired. Ask for a new one.' },
  RATE_LIMITED: { status: 429, message: 'Too many requests. Wait as long as Retry-After says.' },

  // What is asked for
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  ACCOUNT_NOT_FOUND: { status: 404, message: 'There is no such account.' },
  SESSION_NOT_FOUND: { status: 404, message: 'There is no such session.' },
  ADDRESS_NOT_FOUND: { status: 404, message: 'There is no such address.' },
  STORE_NOT_FOUND: { status: 404, message: 'There is no such store.' },
  CATEGORY_NOT_FOUND: { status: 404, message: 'There is no such category.' },
  PRODUCT_NOT_FOUND: { status: 404, message: 'There is no such product.' },
  VARIANT_NOT_FOUND: { status: 404, message: 'There is no such product variant.' },
  CART_ITEM_NOT_FOUND: { status: 404, message: 'There is no such item in the cart.' },
  PURCHASE_NOT_FOUND: { status: 404, message: 'There is no such purchase.' },
  ORDER_NOT_FOUND: { status: 404, message: 'There is no such order.' },
  PAYMENT_NOT_FOUND: { status: 404, message: 'There is no such payment.' },

  // The state of things
  CONFLICT: { status: 409, message: 'Somebody else changed this at the same time. Load it again and retry.' },
  INVALID_TRANSITION: { status: 409, message: 'This is not possible in the present state.' },
  ORDER_ALREADY_PAID: { status: 409, message: 'This is paid already.' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, message: 'A request with this Idempotency-Key is still running. Repeat it in a moment.' },
  SLUG_TAKEN: { status: 409, message: 'This slug is in use. Choose another.' },
  SKU_TAKEN: { status: 409, message: 'This SKU is in use in the store. Choose another.' },
  VERSION_MISMATCH: { status: 412, message: 'The resource has changed since you read it. Load it again and retry.' },
  GONE: { status: 410, message: 'This no longer exists.' },

  // Rules of the shop
  CART_EMPTY: { status: 422, message: 'There is nothing to buy. Add items to the cart first.' },
  QUANTITY_LIMIT: { status: 422, message: 'A line can hold 1 to 99 pieces.' },
  CART_LIMIT: { status: 422, message: 'A cart can hold up to 200 different items.' },
  INSUFFICIENT_STOCK: { status: 422, message: 'There are not enough pieces left of some items. See details.' },
  PRODUCT_NOT_AVAILABLE: { status: 422, message: 'Some items are not for sale at the moment. See details.' },
  STORE_NOT_SELLING: { status: 422, message: 'The store does not take orders at the moment.' },
  STORE_INCOMPLETE: { status: 422, message: 'The store lacks something that it needs for this. See details.' },
  PRICE_CHANGED: { status: 422, message: 'The total has changed. Look at the new quote and confirm it.' },
  PRODUCT_INCOMPLETE: { status: 422, message: 'The product lacks something that it needs to be published. See details.' },
  STOCK_BELOW_RESERVED: { status: 422, message: 'Some of these pieces are reserved for buyers. Less cannot be left on hand.' },
  ADDRESS_LIMIT: { status: 422, message: 'An account can keep up to 50 addresses. Delete one first.' },
  ADDRESS_REQUIRED: { status: 422, message: 'Choose a shipping address.' },
  ADDRESS_NOT_SERVICEABLE: { status: 422, message: 'The stores do not deliver to this address.' },
  GUEST_CONTACT_REQUIRED: { status: 422, message: 'Guests need an email and a phone number to check out.' },
  PAYMENT_METHOD_NOT_SUPPORTED: { status: 422, message: 'This payment method is not available here.' },
  ORDER_CANNOT_CANCEL: { status: 422, message: 'This cannot be cancelled any more.' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, message: 'This Idempotency-Key was used with another body. Use a new key.' },
  REFUND_EXCEEDS_PAYMENT: { status: 422, message: 'More cannot be refunded than was paid.' },
  PAYMENT_FAILED: { status: 402, message: 'The payment was declined. Try another card.' },

  // Us
  INTERNAL_ERROR: { status: 500, message: 'Something went wrong on our side. Try again; if it stays, tell us the requestId.' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'The service is not available for a moment. Try again.' },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
