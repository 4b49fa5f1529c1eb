import type { MoneyAmount, Violation } from '@daraa/kernel';
import type { OrderLine } from './order-line.js';
import { faultsOfTotals, faultsOfWay } from './order-faults.js';
import type { OrderState } from './order.js';

const usd = (amount: number): MoneyAmount => ({ amount, currency: 'USD' });
const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 1, 9, minute));
const actor = { type: 'system', id: 'system' } as const;

/** Two pieces at 10.00, 8 % on top. */
const line = {
  ...{ itemId: 'itm_1', variantId: 'var_1', unitPrice: usd(1000), quantity: 2, itemsTotal: usd(2000), discount: usd(0) },
  ...{ net: usd(2000), taxBasisPoints: 800, tax: usd(160), total: usd(2160), commission: usd(200) },
} as OrderLine;

const totals = {
  ...{ itemsTotal: usd(2000), discount: usd(0), net: usd(2000), tax: usd(160), taxIncluded: false },
  ...{ deliveryFee: usd(500), serviceFee: usd(99), tip: usd(100), total: usd(2859) },
};

function order(changes: Partial<OrderState> = {}): OrderState {
  return {
    status: 'placed',
    paid: true,
    lines: [line],
    totals,
    commission: { basisPoints: 1000, base: usd(2000), amount: usd(200) },
    timeline: [
      { status: 'awaiting_payment', at: at(0), actor },
      { status: 'placed', at: at(1), actor },
    ],
    refunds: [],
    ...changes,
  } as OrderState;
}

const pairOf = ({ expected, found }: Violation): [string, string] => [expected, found];
const totalsFound = (changes: Partial<OrderState>) => faultsOfTotals('ord_1', order(changes)).map(pairOf);
const wayFound = (changes: Partial<OrderState>) => faultsOfWay('ord_1', order(changes)).map(pairOf);

describe('the totals of an order', () => {
  it('are right where every part adds up, with tax on top and with tax included', () => {
    const inclusive = { ...line, net: usd(1852), tax: usd(148), total: usd(2000), commission: usd(185) };
    const sums = { ...totals, net: usd(1852), tax: usd(148), taxIncluded: true, total: usd(2699) };
    const commission = { basisPoints: 1000, base: usd(1852), amount: usd(185) };
    expect(totalsFound({})).toEqual([]);
    expect(totalsFound({ lines: [inclusive], totals: sums, commission })).toEqual([]);
  });

  it.each([
    ['quantity', { quantity: 3 }, 'itm_1 itemsTotal, which is price × quantity: 30.00 USD', '20.00 USD'],
    ['tax', { tax: usd(161) }, 'itm_1 total, which is net + tax: 21.61 USD', '21.60 USD'],
    ['discount', { discount: usd(1) }, 'itm_1 net, which is itemsTotal − discount: 19.99 USD', '20.00 USD'],
  ])('name a line with another %s', (_what, change, expected, found) => {
    expect(totalsFound({ lines: [{ ...line, ...change }] })).toContainEqual([expected, found]);
  });

  it.each(['itemsTotal', 'discount', 'net', 'tax', 'deliveryFee', 'serviceFee', 'tip', 'total'] as const)('name a changed %s', (part) => {
    expect(totalsFound({ totals: { ...totals, [part]: usd(totals[part].amount + 1) } })).not.toEqual([]);
  });

  it.each([{ basisPoints: 990 }, { base: usd(1999) }, { amount: usd(201) }])('name a changed commission %j', (change) => {
    expect(totalsFound({ commission: { basisPoints: 1000, base: usd(2000), amount: usd(200), ...change } })).not.toEqual([]);
  });

  it('name a part in another currency', () => {
    const mixed = { ...totals, tip: { amount: 100, currency: 'EUR' } };
    expect(totalsFound({ totals: mixed })).toEqual([['a document that can be computed with', expect.any(String)]]);
  });
});

describe('the way of an order', () => {
  it('is right where every step was possible and time went on, or stood still', () => {
    expect(wayFound({})).toEqual([]);
    const moment = order().timeline.map((entry) => ({ ...entry, at: at(0) }));
    expect(wayFound({ timeline: moment })).toEqual([]);
  });

  it('names an impossible step, a wrong beginning and a wrong end', () => {
    const [first, second] = order().timeline;
    if (!first || !second) throw new Error('The timeline is too short.');
    expect(wayFound({ timeline: [first, { ...second, status: 'ready' }], status: 'ready' })).toEqual([
      ['a step that awaiting_payment allows', 'awaiting_payment → ready'],
    ]);
    expect(wayFound({ timeline: [second] })).toEqual([['a timeline that begins with awaiting_payment', 'placed']]);
    expect(wayFound({ status: 'accepted' })).toEqual([['a timeline that ends with accepted', 'placed']]);
    expect(wayFound({ timeline: [] })).toHaveLength(2);
  });

  it('names time that goes back', () => {
    const [first, second] = order().timeline;
    if (!first || !second) throw new Error('The timeline is too short.');
    const back = { ...first, at: at(2) };
    expect(wayFound({ timeline: [back, second] })).toEqual([
      ['a timeline that goes forward to placed', `${at(2).toISOString()}, then ${at(1).toISOString()}`],
    ]);
  });

  const cancelled: Partial<OrderState> = {
    status: 'cancelled',
    timeline: [...order().timeline, { status: 'cancelled', at: at(2), actor }],
  };
  const refund = (amount: number, status: 'requested' | 'failed' = 'requested') => {
    return { refundId: 'rfd_1', amount: usd(amount), reason: '', status };
  };

  it('ends with all money back where it was paid and cancelled', () => {
    expect(wayFound({ ...cancelled, refunds: [refund(2859)] })).toEqual([]);
    expect(wayFound({ ...cancelled, paid: false })).toEqual([]);
    expect(wayFound(cancelled)).toEqual([['a refund of 28.59 USD, paid and cancelled', '0.00 USD']]);
    expect(wayFound({ ...cancelled, refunds: [refund(2859, 'failed')] })).toHaveLength(1);
  });

  it('gives back no more than was paid', () => {
    expect(wayFound({ refunds: [refund(2860)] })).toEqual([['refunds of at most 28.59 USD', '28.60 USD']]);
  });
});
