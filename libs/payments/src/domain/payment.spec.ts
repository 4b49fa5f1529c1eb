import type { Actor, MoneyAmount } from '@daraa/kernel';
import type { IntentOutcome } from './intent-outcome.js';
import { Payment } from './payment.js';
import type { PaymentTerms } from './payment.js';
import { PAYMENT_STATUSES, paymentStates } from './payment-status.js';
import type { PaymentStatus } from './payment-status.js';

const START = new Date('2026-03-01T10:00:00Z');
const BUYER: Actor = { type: 'account', id: 'acc_buyer' };
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const usd = (amount: number): MoneyAmount => ({ amount, currency: 'USD' });

function terms(changes: Partial<PaymentTerms> = {}): PaymentTerms {
  return { payable: { type: 'purchase', id: 'pur_1' }, buyer: BUYER, amount: usd(2000), method: 'card', description: 'A', ...changes };
}

function outcome(status: PaymentStatus, changes: Partial<IntentOutcome> = {}): IntentOutcome {
  const failure = status === 'failed' ? { code: 'generic_decline', message: 'Your card was declined.' } : null;
  return { intentId: 'pi_1', clientSecret: 'pi_1_secret', status, failure, ...changes };
}

const byCard = (paymentMethodId: string | undefined = 'pm_card_visa') =>
  Payment.byCard('pay_1', terms(), { attemptId: 'att_1', startedAt: START, ...(paymentMethodId === '' ? {} : { paymentMethodId }) });

/** A payment whose first attempt ended like this. */
function after(status: PaymentStatus): Payment {
  const payment = byCard();
  payment.settleAttempt('att_1', outcome(status));
  return payment;
}

const secondAttempt = { attemptId: 'att_2', paymentMethodId: 'pm_card_mastercard', startedAt: minutesLater(5) };

/** A declined payment whose second attempt is under way. */
function retried(): Payment {
  const payment = after('failed');
  payment.startAttempt(secondAttempt);
  return payment;
}

const eventsOf = (payment: Payment) => payment.recordedEvents().map((event) => event.type.replace('payments.', ''));

describe('a payment', () => {
  it('whose outcome is not known yet is processing and watched', () => {
    expect(byCard()).toMatchObject({ status: 'processing', isOutcomeUnknown: true, details: { checkAt: minutesLater(1) } });
    expect(byCard('')).toMatchObject({ status: 'pending', isOutcomeUnknown: true, details: { checkAt: minutesLater(1) } });
  });

  it('is captured once, whoever says so and however often', () => {
    const payment = after('captured');
    payment.settleAttempt('att_1', outcome('captured'));
    payment.observe(outcome('captured'), 'att_1', START);
    expect(payment).toMatchObject({ status: 'captured', isOutcomeUnknown: false });
    expect(payment.details.checkAt).toBeUndefined();
    expect(eventsOf(payment)).toEqual(['PaymentCaptured']);
  });

  it.each(PAYMENT_STATUSES)('that is captured stays captured when %s is heard', (heard) => {
    const payment = after('captured');
    payment.observe(outcome(heard), 'att_1', minutesLater(1));
    payment.settleAttempt('att_1', outcome(heard));
    if (heard === 'cancelled') expect(() => payment.cancel()).toThrow('Only the provider');
    expect(payment.status).toBe('captured');
    expect(eventsOf(payment)).toEqual(['PaymentCaptured']);
  });

  it('that was cancelled and turns out to be captured is captured, once', () => {
    const payment = after('failed');
    payment.requestCancellation(minutesLater(1));
    payment.observe(outcome('cancelled'), 'att_1', minutesLater(1));
    payment.observe(outcome('captured'), 'att_1', minutesLater(2));
    payment.observe(outcome('captured'), 'att_1', minutesLater(3));
    payment.observe(outcome('cancelled'), 'att_1', minutesLater(4));
    expect(payment.status).toBe('captured');
    expect(eventsOf(payment)).toEqual(['PaymentFailed', 'PaymentCancelled', 'PaymentCaptured']);
  });

  it('has one intent at the provider: word of another is refused', () => {
    const payment = after('failed');
    expect(() => payment.observe(outcome('captured', { intentId: 'pi_2' }), 'att_1', START)).toThrow('pi_1 at the provider, not pi_2');
    expect(payment.status).toBe('failed');
  });

  it('belongs to its buyer alone, and a guest is no account with the same id', () => {
    expect(() => byCard().mustBelongTo(BUYER)).not.toThrow();
    for (const other of [{ type: 'account', id: 'acc_other' }, { type: 'guest', id: 'acc_buyer' }] as const) {
      expect(() => byCard().mustBelongTo(other)).toThrow(expect.objectContaining({ code: 'PAYMENT_NOT_FOUND' }));
    }
  });
});

describe('the states of a payment', () => {
  it('lead nowhere from captured, and from cancelled only to captured', () => {
    expect(paymentStates.isFinal('captured')).toBe(true);
    expect(PAYMENT_STATUSES.filter((status) => paymentStates.allows('cancelled', status))).toEqual(['captured']);
    expect(PAYMENT_STATUSES.filter((status) => paymentStates.allows('authorised', status))).toEqual(['captured', 'cancelled']);
  });

  it('let money in from everywhere', () => {
    expect(PAYMENT_STATUSES.filter((status) => !paymentStates.allows(status, 'captured'))).toEqual(['captured']);
  });
});

describe('an attempt', () => {
  it('that is declined says why, and may be followed by another', () => {
    const payment = after('failed');
    expect(payment.details.failure).toEqual({ code: 'generic_decline', message: 'Your card was declined.' });
    expect(payment.startAttempt(secondAttempt)).toBe(true);
    expect(payment).toMatchObject({ status: 'processing', isOutcomeUnknown: true });
    expect(payment.lastAttempt).toEqual({ ...secondAttempt, operation: 'confirm' });
    expect(payment.details.failure).toBeUndefined();
  });

  it('opens the intent where the one before was refused without one', () => {
    const payment = byCard('pm_card_nonsense');
    payment.settleAttempt('att_1', outcome('failed', { intentId: null, clientSecret: null }));
    payment.startAttempt(secondAttempt);
    expect(payment.lastAttempt?.operation).toBe('create');
  });

  it('is not started while the outcome of another is unknown', () => {
    const payment = byCard();
    expect(payment.startAttempt(secondAttempt)).toBe(false);
    expect(payment.details.attempts).toHaveLength(1);
  });

  it('is started once', () => {
    const payment = retried();
    payment.settleAttempt('att_2', outcome('failed'));
    expect(payment.startAttempt(secondAttempt)).toBe(false);
    expect(payment).toMatchObject({ status: 'failed', isOutcomeUnknown: false });
    payment.observe(outcome('captured'), 'att_2', minutesLater(6));
    expect(payment.startAttempt(secondAttempt)).toBe(false);
  });

  it.each(['captured', 'authorised'] as const)('is refused once the payment is %s', (status) => {
    expect(() => after(status).startAttempt(secondAttempt)).toThrow(expect.objectContaining({ code: 'ORDER_ALREADY_PAID' }));
  });

  it('is refused for cash, after a cancellation and while one is under way', () => {
    const cancelling = after('failed');
    cancelling.requestCancellation(START);
    const refused = [Payment.inCash('pay_1', terms({ method: 'cash_on_delivery' }), START), after('cancelled'), cancelling];
    for (const payment of refused) {
      expect(() => payment.startAttempt(secondAttempt)).toThrow(expect.objectContaining({ code: 'INVALID_TRANSITION' }));
    }
  });

  it.each(['failed', 'pending', 'requires_action'] as const)('under way is not touched by an older %s', (stale) => {
    const payment = retried();
    payment.observe(outcome(stale), 'att_1', minutesLater(6));
    payment.observe(outcome(stale), 'att_2', minutesLater(6));
    payment.settleAttempt('att_1', outcome(stale));
    expect(payment).toMatchObject({ status: 'processing', isOutcomeUnknown: true });
    expect(eventsOf(payment)).toEqual(['PaymentFailed']);
  });

  it('that has ended is not overridden by what was seen before it', () => {
    const payment = retried();
    payment.settleAttempt('att_2', outcome('requires_action'));
    payment.observe(outcome('failed'), 'att_1', minutesLater(6));
    payment.settleAttempt('att_1', outcome('failed'));
    expect(payment.status).toBe('requires_action');
  });

  it('that has ended is not overridden by its own answer coming late', () => {
    const payment = after('requires_action');
    payment.observe(outcome('failed'), 'att_1', minutesLater(1));
    payment.settleAttempt('att_1', outcome('requires_action'));
    expect(payment.status).toBe('failed');
  });

  it.each(['captured', 'cancelled'] as const)('under way gives way to the word that the intent is %s', (status) => {
    const payment = retried();
    payment.observe(outcome(status), 'att_1', minutesLater(6));
    expect(payment).toMatchObject({ status, isOutcomeUnknown: false });
    expect(payment.details.checkAt).toBeUndefined();
  });

  it('that the provider still works on stays unknown and watched', () => {
    const payment = byCard();
    payment.settleAttempt('att_1', outcome('processing'));
    expect(payment).toMatchObject({ status: 'processing', isOutcomeUnknown: true, details: { checkAt: minutesLater(1) } });
  });

  it('that the client made by itself and the provider works on is watched from then on', () => {
    const payment = after('requires_action');
    payment.observe(outcome('processing'), 'att_1', minutesLater(3));
    expect(payment).toMatchObject({ isOutcomeUnknown: true, details: { unknownSince: minutesLater(3), checkAt: minutesLater(4) } });
  });
});

describe('a cancellation', () => {
  it('of a payment without an intent needs no provider', () => {
    const cash = Payment.inCash('pay_1', terms({ method: 'cash_on_delivery' }), START);
    cash.cancel();
    cash.cancel();
    expect(cash.status).toBe('cancelled');
    expect(eventsOf(cash)).toEqual(['PaymentCancelled']);
  });

  it('of a payment with an intent is the provider’s to make', () => {
    expect(() => after('failed').cancel()).toThrow('Only the provider can cancel');
  });

  it('is under way until the provider has said what became of the payment', () => {
    const payment = retried();
    payment.requestCancellation(minutesLater(6));
    expect(payment.isCancelling).toBe(true);
    payment.observe(outcome('cancelled'), 'att_2', minutesLater(7));
    expect(payment).toMatchObject({ status: 'cancelled', isCancelling: false, isOutcomeUnknown: false });
  });

  it('that comes after the capture changes nothing', () => {
    const payment = after('captured');
    payment.requestCancellation(minutesLater(1));
    expect(payment).toMatchObject({ status: 'captured', isCancelling: false });
    expect(payment.details.cancelRequestedAt).toBeUndefined();
  });
});

describe('the sweep', () => {
  it('comes back later and later to what nobody answers, an hour at most', () => {
    const payment = byCard();
    const waits = [1, 2, 4, 8, 200, 1000].map((minute) => {
      payment.postponeCheck(minutesLater(minute));
      return ((payment.details.checkAt?.getTime() ?? 0) - minutesLater(minute).getTime()) / 60_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 60, 60]);
  });

  it('has nothing to come back to once everything is settled', () => {
    const payment = after('captured');
    payment.postponeCheck(minutesLater(1));
    expect(payment.details.checkAt).toBeUndefined();
  });
});
