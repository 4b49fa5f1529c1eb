import type { MoneyAmount, Violation } from '@daraa/kernel';
import { faultsAtProvider, faultsOfPayment } from './payment-faults.js';
import type { ProviderRecord } from './payment-faults.js';
import type { PaymentRefund, PaymentState } from './payment.js';

const usd = (amount: number): MoneyAmount => ({ amount, currency: 'USD' });

function refund(amount: number, changes: Partial<PaymentRefund> = {}): PaymentRefund {
  const { refundId = 'rfd_1', status = 'succeeded' } = changes;
  const requestedAt = new Date('2026-03-01T09:00:00Z');
  return { refundId, reference: 'ord_1', amount: usd(amount), reason: '', requestedAt, providerRefundId: 're_1', ...changes, status };
}

function payment(changes: Partial<PaymentState> = {}): PaymentState {
  const captured = { amount: usd(2000), method: 'card', status: 'captured', intentId: 'pi_1', refunds: [], attempts: [] };
  return { ...captured, ...changes } as unknown as PaymentState;
}

const pairOf = ({ expected, found }: Violation): [string, string] => [expected, found];
const alone = (changes: Partial<PaymentState>) => faultsOfPayment('pay_1', payment(changes)).map(pairOf);
const there = (changes: Partial<PaymentState>, record: Partial<ProviderRecord> | undefined) =>
  faultsAtProvider(
    'pay_1',
    payment(changes),
    record && { status: 'captured', received: usd(2000), refunded: usd(0), ...record },
  ).map(pairOf);

describe('a payment alone', () => {
  it('is right with refunds up to what was captured; refused ones do not count', () => {
    expect(alone({})).toEqual([]);
    expect(alone({ refunds: [refund(1500), refund(500, { refundId: 'rfd_2', status: 'requested' })] })).toEqual([]);
    expect(alone({ refunds: [refund(2000), refund(2000, { refundId: 'rfd_2', status: 'failed' })] })).toEqual([]);
  });

  it('names more going back than came in, asked for or made', () => {
    const most = 'refunds of at most 20.00 USD, as captured';
    expect(alone({ refunds: [refund(1500), refund(501, { refundId: 'rfd_2', status: 'requested' })] })).toEqual([[most, '20.01 USD']]);
    expect(alone({ status: 'cancelled', refunds: [refund(1)] })).toEqual([['refunds of at most 0.00 USD, as captured', '0.01 USD']]);
  });

  it('names money without an intent, and refunds that are doubled, empty or unproven', () => {
    const { intentId: _none, ...withoutIntent } = payment();
    expect(faultsOfPayment('pay_1', withoutIntent as PaymentState)).toHaveLength(1);
    expect(alone({ refunds: [refund(100), refund(100)] })).toEqual([['each refund once', 'rfd_1 more than once']]);
    expect(alone({ refunds: [refund(0)] })).toHaveLength(1);
    const { providerRefundId: _proof, ...unproven } = refund(100);
    expect(alone({ refunds: [unproven] })).toEqual([['an id of the provider for each refund that succeeded', 'none for rfd_1']]);
  });
});

describe('a payment at the provider', () => {
  it('is right where both say the same, and a refund under way may have arrived or not', () => {
    expect(there({}, {})).toEqual([]);
    expect(there({ status: 'failed' }, { status: 'pending', received: usd(0) })).toEqual([]);
    const underWay = { refunds: [refund(300), refund(200, { refundId: 'rfd_2', status: 'requested' })] };
    for (const refunded of [300, 500]) expect(there(underWay, { refunded: usd(refunded) })).toEqual([]);
  });

  it('names money that only one of them knows', () => {
    expect(there({}, undefined)).toEqual([['the intent pi_1 at the provider', 'no such intent']]);
    expect(there({}, { received: usd(1999) })).toEqual([['20.00 USD taken by the provider', '19.99 USD']]);
    expect(there({ status: 'failed' }, {})).toHaveLength(2);
    expect(there({}, { refunded: usd(1) })).toEqual([['0.00 USD given back by the provider', '0.01 USD']]);
    expect(there({ refunds: [refund(300)] }, { refunded: usd(299) })).toHaveLength(1);
  });

  it('does not mistake an authorisation that was given up for a refund', () => {
    expect(there({ status: 'cancelled' }, { status: 'cancelled', received: usd(0), refunded: usd(2000) })).toEqual([]);
  });
});
