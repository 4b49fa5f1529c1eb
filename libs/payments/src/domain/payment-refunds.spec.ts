import fc from 'fast-check';
import { Payment } from './payment.js';
import type { PaymentTerms } from './payment.js';

const START = new Date('2026-03-01T10:00:00Z');
const usd = (amount: number) => ({ amount, currency: 'USD' });

function terms(amount: number): PaymentTerms {
  const buyer = { type: 'account', id: 'acc_1' } as const;
  return { payable: { type: 'purchase', id: 'pur_1' }, buyer, amount: usd(amount), method: 'card', description: 'A' };
}

function captured(amount = 2000): Payment {
  const payment = Payment.byCard('pay_1', terms(amount), { attemptId: 'att_1', paymentMethodId: 'pm_card_visa', startedAt: START });
  payment.settleAttempt('att_1', { intentId: 'pi_1', clientSecret: null, status: 'captured', failure: null });
  return payment;
}

const request = (refundId: string, amount: number, currency = 'USD') => ({
  refundId,
  reference: 'ord_1',
  amount: { amount, currency },
  reason: 'Ordered by mistake.',
  requestedAt: START,
});

const succeeded = { status: 'succeeded', providerRefundId: 're_1' } as const;
const refused = { status: 'failed', reason: 'The charge is disputed.' } as const;
const refundEventsOf = (payment: Payment) =>
  payment.recordedEvents().filter((event) => event.type.includes('Refund')).map(({ type, payload }) => ({ type, ...payload }));

describe('a refund', () => {
  it('reserves its amount before the provider is asked, and is watched until it is settled', () => {
    const payment = captured();
    payment.requestRefund(request('rfd_1', 1500));
    expect(payment.refundable.amount).toBe(500);
    expect(payment.details.checkAt).toEqual(new Date(START.getTime() + 60_000));
    payment.settleRefund('rfd_1', succeeded);
    expect(payment.refundable.amount).toBe(500);
    expect(payment.details.checkAt).toBeUndefined();
  });

  it('asked for twice is one refund, settled once', () => {
    const payment = captured();
    payment.requestRefund(request('rfd_1', 1500));
    payment.requestRefund(request('rfd_1', 1500));
    payment.settleRefund('rfd_1', succeeded);
    payment.settleRefund('rfd_1', refused);
    payment.settleRefund('rfd_1', succeeded);
    expect(payment.details.refunds).toEqual([expect.objectContaining({ status: 'succeeded', providerRefundId: 're_1' })]);
    expect(refundEventsOf(payment)).toEqual([
      { type: 'payments.RefundSucceeded', refundId: 'rfd_1', paymentId: 'pay_1', reference: 'ord_1', amount: usd(1500) },
    ]);
  });

  it('that the provider refuses is told, with its reason, and frees its amount', () => {
    const payment = captured();
    payment.requestRefund(request('rfd_1', 1500));
    payment.settleRefund('rfd_1', refused);
    expect(payment.refundable.amount).toBe(2000);
    expect(payment.details.refunds).toEqual([expect.objectContaining({ status: 'failed', refusal: 'The charge is disputed.' })]);
    expect(refundEventsOf(payment)).toEqual([
      expect.objectContaining({ type: 'payments.RefundFailed', refundId: 'rfd_1', reason: 'The charge is disputed.' }),
    ]);
  });

  it('that is on its way stays reserved and watched', () => {
    const payment = captured();
    payment.requestRefund(request('rfd_1', 1500));
    payment.settleRefund('rfd_1', { status: 'pending' });
    expect(payment.openRefunds).toHaveLength(1);
    expect(payment.refundable.amount).toBe(500);
    expect(payment.details.checkAt).toBeDefined();
    expect(refundEventsOf(payment)).toEqual([]);
  });

  it('of more than is left is refused, also while the rest is only reserved', () => {
    const payment = captured();
    payment.requestRefund(request('rfd_1', 1999));
    expect(() => payment.requestRefund(request('rfd_2', 2))).toThrow(expect.objectContaining({ code: 'REFUND_EXCEEDS_PAYMENT' }));
    expect(() => payment.requestRefund(request('rfd_2', 1))).not.toThrow();
  });

  it.each([0, -1])('of %s is refused: money only goes back', (amount) => {
    expect(() => captured().requestRefund(request('rfd_1', amount))).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });

  it('in another currency is refused', () => {
    expect(() => captured().requestRefund(request('rfd_1', 1, 'EUR'))).toThrow(expect.objectContaining({ code: 'CURRENCY_MISMATCH' }));
  });

  it('of what was never captured is refused', () => {
    const cash = Payment.inCash('pay_1', { ...terms(2000), method: 'cash_on_delivery' }, START);
    expect(() => cash.requestRefund(request('rfd_1', 1))).toThrow(expect.objectContaining({ code: 'INVALID_TRANSITION' }));
  });

  it('never gives back more than came in, whatever is asked for, refused and repeated', () => {
    const step = fc.record({
      refundId: fc.integer({ min: 1, max: 12 }).map((number) => `rfd_${number}`),
      amount: fc.integer({ min: -10, max: 900 }),
      then: fc.constantFrom('wait', 'succeed', 'refuse'),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.array(step, { maxLength: 40 }), (amount, steps) => {
        const payment = captured(amount);
        for (const { refundId, amount: asked, then } of steps) {
          try {
            payment.requestRefund(request(refundId, asked));
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(REFUND_EXCEEDS_PAYMENT|VALIDATION_ERROR)$/) });
          }
          if (then !== 'wait') payment.settleRefund(refundId, then === 'succeed' ? succeeded : refused);
          const gone = payment.details.refunds.filter((refund) => refund.status !== 'failed');
          const sum = gone.reduce((total, refund) => total + refund.amount.amount, 0);
          expect(sum).toBeLessThanOrEqual(amount);
          expect(payment.refundable.amount).toBe(amount - sum);
          expect(gone.every((refund) => refund.amount.amount > 0)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
