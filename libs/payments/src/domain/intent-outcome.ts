import type { PaymentStatus } from './payment-status.js';

/** Why an attempt was declined, in words for the buyer. */
export interface PaymentFailure {
  readonly code: string;
  readonly message: string;
}

/** What the provider says of a payment. */
export interface IntentOutcome {
  readonly intentId: string;
  readonly clientSecret: string | null;
  readonly status: PaymentStatus;
  readonly failure: PaymentFailure | null;
}
