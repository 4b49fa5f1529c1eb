import type { MoneyAmount } from '@daraa/kernel';
import type { IntentOutcome } from '../domain/intent-outcome.js';

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
  readonly refundId: string;
  readonly amount: MoneyAmount;
}

/** What the provider answered to a refund: done, or never possible, and why. */
export type RefundOutcome = { readonly providerRefundId: string } | { readonly reason: string };

/** Nobody knows what the provider did: no answer, or a failure on its side. The same call with the same key tells. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super(`The payment provider did not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'OutcomeUnknown';
  }
}

/**
 * Who takes the money. A decline is an outcome, never an error. Every call carries a key of its own (attempt and operation), so
 * that repeating it does not repeat its effect. Throws OutcomeUnknown where only repeating can tell.
 */
export abstract class PaymentProvider {
  abstract create(request: CreateIntent): Promise<IntentOutcome>;
  abstract confirm(request: ConfirmIntent): Promise<IntentOutcome>;
  /** Cancels where that is still possible; the outcome says what the intent is now. */
  abstract cancel(intentId: string, paymentId: string): Promise<IntentOutcome>;
  abstract retrieve(intentId: string): Promise<IntentOutcome>;
  /** Looks for the intent of a payment that was created since then; for calls whose key the provider has forgotten (24 hours). */
  abstract search(paymentId: string, since: Date): Promise<IntentOutcome | undefined>;
  abstract refund(request: RefundIntent): Promise<RefundOutcome>;
}
