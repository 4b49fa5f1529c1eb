import { Aggregate, DomainError, Money } from '@daraa/kernel';
import type { Actor, MoneyAmount } from '@daraa/kernel';
import { PaymentCancelled, PaymentCaptured, PaymentFailed, RefundFailed, RefundSucceeded } from '../events.js';
import type { Payable } from '../events.js';
import { nextCheckAfter } from './check-schedule.js';
import type { IntentOutcome, PaymentFailure } from './intent-outcome.js';
import { isConclusive, paymentStates } from './payment-status.js';
import type { PaymentStatus } from './payment-status.js';

export type PaymentMethod = 'card' | 'cash_on_delivery';

/** One try to take the money; recorded before the provider is called, so that a lost answer can be asked for again. */
export interface PaymentAttempt {
  readonly attemptId: string;
  /** `create` opens the intent at the provider, `confirm` tries the one that is open. */
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
  /** Why the provider refused it. */
  readonly refusal?: string;
}

/** What the provider did with a refund: done, never possible, or still under way. */
export type RefundOutcome =
  | { readonly status: 'succeeded'; readonly providerRefundId: string }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'pending' };

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
  /** Since when nobody knows what the provider did with the last attempt. */
  unknownSince?: Date;
  /** Since when the payment shall be cancelled: nobody makes an attempt any more. */
  cancelRequestedAt?: Date;
  /** When the sweep asks the provider about what is open here: an attempt without an outcome, a refund that is not settled. */
  checkAt?: Date;
}

/** The money of one payable: its attempts and its refunds. */
export class Payment extends Aggregate<PaymentState> {
  /** A card payment whose first attempt is about to be made. */
  static byCard(id: string, terms: PaymentTerms, attempt: Omit<PaymentAttempt, 'operation'>): Payment {
    const { paymentMethodId, startedAt } = attempt;
    const status = paymentMethodId === undefined ? 'pending' : 'processing';
    const attempts = [{ ...attempt, operation: 'create' as const }];
    const payment = new Payment({ id, version: 0, state: { ...terms, openedAt: startedAt, status, attempts, refunds: [] } });
    payment.state.unknownSince = startedAt;
    payment.keepWatch(startedAt);
    return payment;
  }

  /** Cash that a courier will collect. */
  static inCash(id: string, terms: PaymentTerms, at: Date): Payment {
    return new Payment({ id, version: 0, state: { ...terms, openedAt: at, status: 'pending', attempts: [], refunds: [] } });
  }

  /** A payment that was cancelled before it was opened, so that opening it later charges nothing. */
  static neverOpened(id: string, terms: PaymentTerms, at: Date): Payment {
    const payment = new Payment({ id, version: 0, state: { ...terms, openedAt: at, status: 'cancelled', attempts: [], refunds: [] } });
    payment.recordArrival('cancelled');
    return payment;
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

  /** True while it shall be cancelled and the provider has not said yet what became of it. */
  get isCancelling(): boolean {
    return this.state.cancelRequestedAt !== undefined && !this.isEnded;
  }

  /** True once it is captured or cancelled. */
  get isEnded(): boolean {
    return this.state.status === 'captured' || this.state.status === 'cancelled';
  }

  /**
   * Records another attempt before it is made; false where this one is recorded already, or where another is under way, whose
   * outcome comes first: two attempts at a time could charge twice. Throws `ORDER_ALREADY_PAID` for a payment that is captured
   * or authorised, and `INVALID_TRANSITION` for one that is cancelled, about to be, or not by card.
   */
  startAttempt(attempt: Omit<PaymentAttempt, 'operation'>): boolean {
    if (this.state.attempts.some((known) => known.attemptId === attempt.attemptId)) return false;
    if (this.state.status === 'captured' || this.state.status === 'authorised') throw new DomainError('ORDER_ALREADY_PAID');
    if (this.state.method !== 'card') {
      throw new DomainError('INVALID_TRANSITION', { message: 'This payment is not by card; there is nothing to confirm.' });
    }
    if (this.isCancelling) throw new DomainError('INVALID_TRANSITION', { message: 'This payment is being cancelled.' });
    paymentStates.mustAllow(this.state.status, 'processing');
    if (this.isOutcomeUnknown) return false;
    const operation = this.state.intentId === undefined ? 'create' : 'confirm';
    this.state.status = 'processing';
    this.state.attempts = [...this.state.attempts, { ...attempt, operation }];
    this.state.unknownSince = attempt.startedAt;
    delete this.state.failure;
    this.keepWatch(attempt.startedAt);
    return true;
  }

  /** The provider's answer to an attempt. A late answer to an attempt that is settled, or not the last, says nothing new. */
  settleAttempt(attemptId: string, outcome: IntentOutcome): void {
    this.learnIntent(outcome);
    const isAwaited = this.isOutcomeUnknown && this.lastAttempt?.attemptId === attemptId;
    if (isAwaited || isConclusive(outcome.status)) this.take(outcome);
  }

  /**
   * How the intent stood when somebody looked at it, with `seenAttemptId` the last attempt known then. While an attempt is under
   * way the intent still shows the one before it, so only what is conclusive counts then; the attempt's own answer says the rest.
   */
  observe(outcome: IntentOutcome, seenAttemptId: string | undefined, at: Date): void {
    this.learnIntent(outcome);
    const isCurrent = !this.isOutcomeUnknown && this.lastAttempt?.attemptId === seenAttemptId;
    if (!isCurrent && !isConclusive(outcome.status)) return;
    this.take(outcome);
    if (this.state.status !== 'processing') return;
    this.state.unknownSince ??= at;
    this.keepWatch(at);
  }

  /** From now on nobody makes an attempt. Changes nothing where the payment has ended. */
  requestCancellation(at: Date): void {
    if (!this.isEnded) this.state.cancelRequestedAt ??= at;
  }

  /** Ends a payment that has no intent at the provider: nothing can be captured any more, or no cash will be collected. */
  cancel(): void {
    if (this.state.intentId !== undefined) throw new Error(`Only the provider can cancel ${this.state.intentId} of ${this.id}.`);
    this.take({ intentId: null, clientSecret: null, status: 'cancelled', failure: null });
  }

  /**
   * Reserves a refund before the provider is asked for it. Repeating with the same id changes nothing. Throws
   * `REFUND_EXCEEDS_PAYMENT` when more would go back than came in, `INVALID_TRANSITION` when nothing was captured, and
   * `VALIDATION_ERROR` when nothing would go back.
   */
  requestRefund(refund: Omit<PaymentRefund, 'status' | 'providerRefundId' | 'refusal'>): void {
    if (this.state.refunds.some((known) => known.refundId === refund.refundId)) return;
    if (!this.isCaptured) throw new DomainError('INVALID_TRANSITION', { message: 'Nothing was captured that could be refunded.' });
    const amount = Money.from(refund.amount);
    if (amount.isMoreThan(this.refundable)) throw new DomainError('REFUND_EXCEEDS_PAYMENT');
    if (!amount.isPositive()) throw new DomainError('VALIDATION_ERROR', { message: 'A refund must be more than nothing.' });
    this.state.refunds = [...this.state.refunds, { ...refund, status: 'requested' }];
    this.keepWatch(refund.requestedAt);
  }

  /** What the provider did with a refund. Repeating changes nothing; what is under way stays requested. */
  settleRefund(refundId: string, outcome: RefundOutcome): void {
    const refund = this.state.refunds.find((known) => known.refundId === refundId);
    if (refund?.status !== 'requested' || outcome.status === 'pending') return;
    const settled: PaymentRefund =
      outcome.status === 'succeeded'
        ? { ...refund, status: 'succeeded', providerRefundId: outcome.providerRefundId }
        : { ...refund, status: 'failed', refusal: outcome.reason };
    this.state.refunds = this.state.refunds.map((known) => (known.refundId === refundId ? settled : known));
    this.restWhenNothingIsOpen();
    const fact = { refundId, paymentId: this.id, reference: refund.reference, amount: refund.amount };
    if (outcome.status === 'succeeded') this.record(RefundSucceeded, fact);
    else this.record(RefundFailed, { ...fact, reason: outcome.reason });
  }

  /** The refunds that the provider has not settled yet. */
  get openRefunds(): readonly PaymentRefund[] {
    return this.state.refunds.filter((refund) => refund.status === 'requested');
  }

  /** What was captured and is neither refunded nor about to be. */
  get refundable(): Money {
    const gone = this.state.refunds.filter((refund) => refund.status !== 'failed').map((refund) => refund.amount);
    const captured = this.isCaptured ? Money.from(this.state.amount) : Money.zero(this.state.amount.currency);
    return captured.subtract(Money.sum(gone, this.state.amount.currency));
  }

  /** The sweep is about to ask for what is open here; when that does not help, it comes back later and later. */
  postponeCheck(now: Date): void {
    const since = [this.state.unknownSince, ...this.openRefunds.map((refund) => refund.requestedAt)].filter((date) => date !== undefined);
    if (since.length > 0) this.state.checkAt = nextCheckAfter(now, since);
  }

  /** Throws `PAYMENT_NOT_FOUND` for anybody but its buyer. */
  mustBelongTo(buyer: Actor): void {
    const mine = this.state.buyer.type === buyer.type && this.state.buyer.id === buyer.id;
    if (!mine) throw new DomainError('PAYMENT_NOT_FOUND');
  }

  /** Throws when the provider speaks of another intent: its money is not this payment's, and a person must look. */
  private learnIntent({ intentId, clientSecret }: IntentOutcome): void {
    if (intentId === null) return;
    this.state.intentId ??= intentId;
    if (this.state.intentId !== intentId) throw new Error(`Payment ${this.id} is ${this.state.intentId} at the provider, not ${intentId}.`);
    if (clientSecret !== null) this.state.clientSecret ??= clientSecret;
  }

  private take(outcome: IntentOutcome): void {
    const { status } = this.state;
    if (outcome.status !== status && !paymentStates.allows(status, outcome.status)) return;
    this.state.status = outcome.status;
    if (outcome.status !== 'processing') delete this.state.unknownSince;
    if (outcome.status === 'captured') delete this.state.cancelRequestedAt;
    if (outcome.status === 'failed' && outcome.failure) this.state.failure = outcome.failure;
    else delete this.state.failure;
    this.restWhenNothingIsOpen();
    if (outcome.status !== status) this.recordArrival(outcome.status);
  }

  private recordArrival(status: PaymentStatus): void {
    if (status === 'captured') this.record(PaymentCaptured, this.fact());
    else if (status === 'failed') this.record(PaymentFailed, this.fact());
    else if (status === 'cancelled') this.record(PaymentCancelled, this.fact());
  }

  private keepWatch(from: Date): void {
    const next = nextCheckAfter(from, [from]);
    if (this.state.checkAt === undefined || next < this.state.checkAt) this.state.checkAt = next;
  }

  private restWhenNothingIsOpen(): void {
    if (!this.isOutcomeUnknown && this.openRefunds.length === 0) delete this.state.checkAt;
  }

  private fact() {
    return { paymentId: this.id, payable: this.state.payable, amount: this.state.amount };
  }
}
