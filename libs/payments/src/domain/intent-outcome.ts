import type { PaymentStatus } from './payment-status.js';

/** Why an attempt was declined, in words for the buyer. */
export interface PaymentFailure {
  readonly code: string;
  readonly message: string;
}

/** What the provider says of a payment. */
export interface IntentOutcome {
  /** The payment intent at the provider; null where the provider refused to open one. */
  readonly intentId: string | null;
  readonly clientSecret: string | null;
  readonly status: PaymentStatus;
  readonly failure: PaymentFailure | null;
}
