import { Aggregate, DomainError, Money } from '@daraa/kernel';
import type { Actor, MoneyAmount } from '@daraa/kernel';
import { PaymentCancelled, PaymentCaptured, PaymentFailed, RefundFailed, RefundSucceeded } from '../events.js';
import type { Payable } from '../events.js';
import type { IntentOutcome, PaymentFailure } from './intent-outcome.js';
import { paymentStates } from './payment-status.js';
import type { PaymentStatus } from './payment-status.js';

export type PaymentMethod = 'card' | 'cash_on_delivery';

/** One try to take the money; recorded before the provider is called, so that a lost answer can be asked for again. */
export interface PaymentAttempt {
  readonly attemptId: string;
  readonly operation: 'create' | 'confirm';
  readonly paymentMethodId?: string;
  readonly startedAt: Date;
}

/** Money going back; its amount is reserved here before the provider is called. */
export interface PaymentRefund {
  readonly refundId: string;
  /** What it is for: the order that asked. */
  readonly reference: string;
  readonly amount: MoneyAmount;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly status: 'requested' | 'succeeded' | 'failed';
  readonly providerRefundId?: string;
}

/** What is to be paid, by whom and how. */
export interface PaymentTerms {
  readonly payable: Payable;
  readonly buyer: Actor;
  readonly amount: MoneyAmount;
  readonly method: PaymentMethod;
  readonly description: string;
}

export interface PaymentState extends PaymentTerms {
  readonly openedAt: Date;
  status: PaymentStatus;
  attempts: readonly PaymentAttempt[];
  refunds: readonly PaymentRefund[];
  intentId?: string;
  clientSecret?: string;
  failure?: PaymentFailure;
  /** Since when the outcome at the provider is unknown; the sweep asks. */
  unknownSince?: Date;
}

/** The money of one payable: its attempts and its refunds. */
export class Payment extends Aggregate<PaymentState> {
  /** A card payment whose first attempt is about to be made. */
  static byCard(id: string, terms: PaymentTerms, attempt: PaymentAttempt): Payment {
    const status = attempt.paymentMethodId === undefined ? 'pending' : 'processing';
    const state = { ...terms, openedAt: attempt.startedAt, status, attempts: [attempt], refunds: [], unknownSince: attempt.startedAt } as const;
    return new Payment({ id, version: 0, state: { ...state } });
  }

  /** Cash that a courier will collect. */
  static inCash(id: string, terms: PaymentTerms, at: Date): Payment {
    return new Payment({ id, version: 0, state: { ...terms, openedAt: at, status: 'pending', attempts: [], refunds: [] } });
  }

  /** A payment that was cancelled before it was opened, so that opening it later charges nothing. */
  static neverOpened(id: string, terms: PaymentTerms, at: Date): Payment {
    return new Payment({ id, version: 0, state: { ...terms, openedAt: at, status: 'cancelled', attempts: [], refunds: [] } });
  }

  get status(): PaymentStatus {
    return this.state.status;
  }

  get details(): Readonly<PaymentState> {
    return this.state;
  }

  get lastAttempt(): PaymentAttempt | undefined {
    return this.state.attempts.at(-1);
  }

  /** True while nobody knows what the provider did with the last attempt. */
  get isOutcomeUnknown(): boolean {
    return this.state.unknownSince !== undefined;
  }

  get isCaptured(): boolean {
    return this.state.status === 'captured';
  }

  /**
   * Records another attempt before it is made. Throws `ORDER_ALREADY_PAID` for a payment that is captured or authorised, and
   * `INVALID_TRANSITION` for one that is cancelled or not by card.
   */
  startAttempt(attempt: PaymentAttempt): void {
    if (this.state.status === 'captured' || this.state.status === 'authorised') throw new DomainError('ORDER_ALREADY_PAID');
    if (this.state.method !== 'card') {
      throw new DomainError('INVALID_TRANSITION', { message: 'This payment is not by card; there is nothing to confirm.' });
    }
    paymentStates.mustAllow(this.state.status, 'processing');
    if (this.state.attempts.some((known) => known.attemptId === attempt.attemptId)) return;
    this.state.status = 'processing';
    this.state.attempts = [...this.state.attempts, attempt];
    this.state.unknownSince = attempt.startedAt;
    delete this.state.failure;
  }

  /** Takes over what the provider says. Repeating changes nothing, and nothing undoes a capture. */
  apply(outcome: IntentOutcome): void {
    const { status } = this.state;
    this.state.intentId ??= outcome.intentId;
    if (outcome.clientSecret !== null) this.state.clientSecret ??= outcome.clientSecret;
    if (outcome.status !== status && !paymentStates.allows(status, outcome.status)) return;
    if (outcome.status !== 'processing') delete this.state.unknownSince;
    this.state.status = outcome.status;
    if (outcome.status === 'failed' && outcome.failure) this.state.failure = outcome.failure;
    else delete this.state.failure;
    if (outcome.status !== status) this.recordArrival(outcome.status);
  }

  /** The provider can never capture it any more, or no cash will be collected. */
  cancel(): void {
    if (!paymentStates.allows(this.state.status, 'cancelled')) return;
    this.state.status = 'cancelled';
    delete this.state.unknownSince;
    this.record(PaymentCancelled, this.fact());
  }

  /**
   * Reserves a refund before the provider is asked for it. Repeating with the same id changes nothing. Throws
   * `REFUND_EXCEEDS_PAYMENT` when more would go back than came in, `INVALID_TRANSITION` when nothing was captured.
   */
  requestRefund(refund: Omit<PaymentRefund, 'status'>): void {
    if (this.state.refunds.some((known) => known.refundId === refund.refundId)) return;
    if (!this.isCaptured) throw new DomainError('INVALID_TRANSITION', { message: 'Nothing was captured that could be refunded.' });
    if (Money.from(refund.amount).isMoreThan(this.refundable)) throw new DomainError('REFUND_EXCEEDS_PAYMENT');
    this.state.refunds = [...this.state.refunds, { ...refund, status: 'requested' }];
  }

  /** What the provider did with a refund. Repeating changes nothing. */
  settleRefund(refundId: string, outcome: { readonly providerRefundId: string } | { readonly reason: string }): void {
    const refund = this.state.refunds.find((known) => known.refundId === refundId);
    if (refund?.status !== 'requested') return;
    const settled: PaymentRefund =
      'reason' in outcome ? { ...refund, status: 'failed' } : { ...refund, status: 'succeeded', providerRefundId: outcome.providerRefundId };
    this.state.refunds = this.state.refunds.map((known) => (known.refundId === refundId ? settled : known));
    const fact = { refundId, paymentId: this.id, reference: refund.reference, amount: refund.amount };
    if ('reason' in outcome) this.record(RefundFailed, { ...fact, reason: outcome.reason });
    else this.record(RefundSucceeded, fact);
  }

  /** What was captured and is neither refunded nor about to be. */
  get refundable(): Money {
    const gone = this.state.refunds.filter((refund) => refund.status !== 'failed').map((refund) => refund.amount);
    const captured = this.isCaptured ? Money.from(this.state.amount) : Money.zero(this.state.amount.currency);
    return captured.subtract(Money.sum(gone, this.state.amount.currency));
  }

  /** Throws `PAYMENT_NOT_FOUND` for anybody but its buyer. */
  mustBelongTo(buyer: Actor): void {
    const mine = this.state.buyer.type === buyer.type && this.state.buyer.id === buyer.id;
    if (!mine) throw new DomainError('PAYMENT_NOT_FOUND');
  }

  private recordArrival(status: PaymentStatus): void {
    if (status === 'captured') this.record(PaymentCaptured, this.fact());
    else if (status === 'failed') this.record(PaymentFailed, this.fact());
    else if (status === 'cancelled') this.record(PaymentCancelled, this.fact());
  }

  private fact() {
    return { paymentId: this.id, payable: this.state.payable, amount: this.state.amount };
  }
}
