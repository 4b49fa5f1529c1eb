import type { MoneyAmount } from '@daraa/kernel';
import type { IntentOutcome } from '../domain/intent-outcome.js';
import type { RefundOutcome } from '../domain/payment.js';
import type { ProviderRecord } from '../domain/payment-faults.js';

/** What the provider needs to open a payment intent; repeated with the same attempt it gives the same intent. */
export interface CreateIntent {
  readonly paymentId: string;
  readonly attemptId: string;
  readonly payableId: string;
  readonly amount: MoneyAmount;
  readonly description: string;
  /** Confirms at once with this method; without it the client confirms. */
  readonly paymentMethodId?: string;
}

export interface ConfirmIntent {
  readonly intentId: string;
  readonly attemptId: string;
  readonly paymentMethodId: string;
}

export interface RefundIntent {
  readonly intentId: string;
  readonly paymentId: string;
  readonly refundId: string;
  readonly amount: MoneyAmount;
}

/** A stretch of time at the provider, both ends included. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Nobody knows what the provider did: no answer, or a failure on its side. The same call with the same key tells. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super(`The payment provider did not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'OutcomeUnknown';
  }
}

/**
 * Who takes the money. A decline is an outcome, never an error. Every call that moves money carries a key of its own (attempt and
 * operation), so that repeating it does not repeat its effect. Throws OutcomeUnknown where only repeating can tell.
 */
export abstract class PaymentProvider {
  abstract create(request: CreateIntent): Promise<IntentOutcome>;

  /**
   * Makes sure that this attempt charges nothing from now on: opens its intent without a charge, under the attempt's own key.
   * Where the attempt has reached the provider before, the outcome is what it made.
   */
  abstract createUncharged(request: CreateIntent): Promise<IntentOutcome>;

  abstract confirm(request: ConfirmIntent): Promise<IntentOutcome>;

  /** Cancels where that is still possible; the outcome says what the intent is now. */
  abstract cancel(intentId: string): Promise<IntentOutcome>;

  abstract retrieve(intentId: string): Promise<IntentOutcome>;

  /** Looks for the intent of a payment among those of a period; for calls whose key the provider has forgotten. */
  abstract search(paymentId: string, period: Period): Promise<IntentOutcome | undefined>;

  abstract refund(request: RefundIntent): Promise<RefundOutcome>;

  /** Looks for a refund that was asked for before; for calls whose key the provider has forgotten. */
  abstract findRefund(intentId: string, refundId: string): Promise<RefundOutcome | undefined>;

  /** How an intent stands, in money; undefined where the provider knows no such intent. */
  abstract recordOf(intentId: string): Promise<ProviderRecord | undefined>;
}
