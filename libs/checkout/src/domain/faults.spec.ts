import type { MoneyAmount, Violation } from '@daraa/kernel';
import type { OrderRecord } from '@daraa/orders';
import type { PaymentRecord } from '@daraa/payments';
import { quoteOf } from '@daraa/pricing';
import type { Quote, QuoteInput } from '@daraa/pricing';
import type { Affair } from './affair.js';
import { faultsOfCost } from './cost-faults.js';
import { faultsOfPayment } from './payment-faults.js';
import type { PurchaseState } from './purchase.js';
import type { PurchaseStatus } from './purchase-status.js';
import { faultsOfStates } from './state-faults.js';

const usd = (amount: number): MoneyAmount => ({ amount, currency: 'USD' });

const input: QuoteInput = {
  currency: 'USD',
  lines: ['sto_1', 'sto_2'].map((storeId, index) => ({
    ...{ variantId: `var_${index}`, storeId, quantity: 1, unitPrice: usd(1999), taxClass: 'standard', requiresShipping: true },
  })),
  destination: { country: 'JO' },
  taxRules: [{ country: '*', taxClass: 'standard', basisPoints: 800 }],
  pricesIncludeTax: false,
  deliveryFee: usd(500),
  freeDeliveryFrom: usd(15_000),
  serviceFee: usd(99),
  tips: {},
};
const quote = quoteOf(input);

function affair(status: PurchaseStatus, changes: Partial<Affair> = {}, purchase: Partial<PurchaseState> = {}): Affair {
  const groups = quote.groups.map(({ storeId }) => ({ store: { id: storeId }, orderId: `ord_${storeId}`, items: [] }));
  const orders = quote.groups.map(({ storeId, total, serviceFee }): OrderRecord => ({
    ...{ id: `ord_${storeId}`, purchaseId: 'pur_1', paymentId: 'pay_1', status: 'placed', paid: true },
    ...{ lines: [], refunds: [], inFlight: false },
    total: usd(total.amount + serviceFee.amount),
  }));
  const payment: PaymentRecord = {
    ...{ id: 'pay_1', payable: { type: 'purchase', id: 'pur_1' }, method: 'card', status: 'captured', refunds: [], inFlight: false },
    amount: quote.toPay,
  };
  const state = { status, quote, groups, paymentId: 'pay_1', paymentMethod: 'card', ...purchase } as unknown as PurchaseState;
  return { purchaseId: 'pur_1', purchase: state, orders, payment, ...changes };
}

const texts = (violations: readonly Violation[]) => violations.map(({ expected, found }) => `${expected} | ${found}`);
const orders = (changes: Partial<OrderRecord>) => affair('confirmed').orders.map((order) => ({ ...order, ...changes }));
const payment = (changes: Partial<PaymentRecord>): PaymentRecord => ({ ...(affair('confirmed').payment as PaymentRecord), ...changes });

describe('what a purchase costs', () => {
  const found = (changed: Partial<Affair>, stored: Partial<Quote> = {}) =>
    texts(faultsOfCost(affair('confirmed', changed, { quote: { ...quote, ...stored } }), () => quoteOf(input)));

  it('is right where quote, orders and computation agree, also while not every order is open', () => {
    expect(found({})).toEqual([]);
    expect(found({ orders: affair('confirmed').orders.slice(1) })).toEqual([]);
  });

  it('names a total that its parts do not add up to, and a payment that does not cover it', () => {
    expect(found({}, { total: usd(quote.total.amount + 1) })).toHaveLength(4);
    expect(found({}, { toPay: usd(quote.toPay.amount - 1) })).toHaveLength(2);
  });

  it('names an order of another amount', () => {
    const [first, ...others] = affair('confirmed').orders;
    if (!first) throw new Error('There is no order.');
    expect(found({ orders: [{ ...first, total: usd(1) }, ...others] })).toHaveLength(2);
  });

  it('names a quote with groups and orders in another order, or of another number', () => {
    expect(found({}, { groups: [...quote.groups].reverse() })).toEqual(expect.arrayContaining(['a quote for sto_1 | sto_2']));
    expect(found({}, { groups: [] })).toEqual(expect.arrayContaining(['a quote for sto_1 | none']));
  });

  it('names what cannot be computed again', () => {
    const broken = () => quoteOf({ ...input, lines: [] });
    const [violation] = faultsOfCost(affair('confirmed'), broken);
    expect(violation?.expected).toBe('a document that can be computed with');
  });
});

describe('a purchase and its payment', () => {
  const asked = { refundId: 'rfd_1', amount: usd(500), reason: '', status: 'succeeded' } as const;
  const [first] = affair('confirmed').orders;
  const given = { refundId: 'rfd_1', reference: first?.id ?? '', amount: usd(500), status: 'succeeded' } as const;
  const refunded = (asks: OrderRecord['refunds'], gives: PaymentRecord['refunds']) => {
    const order = { ...(first as OrderRecord), refunds: asks };
    return texts(faultsOfPayment(affair('confirmed', { orders: [order], payment: payment({ refunds: gives }) })));
  };

  it('agree where it takes what is asked for and gives back what is asked for', () => {
    expect(faultsOfPayment(affair('confirmed'))).toEqual([]);
    expect(faultsOfPayment(affair('reserving', { payment: undefined }))).toEqual([]);
    expect(refunded([asked], [given])).toEqual([]);
  });

  it('do not agree on another amount, purpose or method', () => {
    const changed = payment({ amount: usd(1), payable: { type: 'purchase', id: 'pur_2' }, method: 'cash_on_delivery' });
    expect(faultsOfPayment(affair('confirmed', { payment: changed }))).toHaveLength(3);
  });

  it('do not agree on refunds that one of them does not know, or knows otherwise', () => {
    expect(refunded([asked], [])).toHaveLength(1);
    expect(refunded([], [given])).toHaveLength(1);
    expect(refunded([asked], [{ ...given, amount: usd(501) }])).toHaveLength(1);
    expect(refunded([asked], [{ ...given, status: 'requested' }])).toHaveLength(1);
  });

  it('owe what the provider has refused', () => {
    expect(refunded([{ ...asked, status: 'failed' }], [{ ...given, status: 'failed' }])).toEqual([
      'refund rfd_1 made or under way | refused by the provider',
    ]);
  });
});

describe('the states of a purchase, its orders and its payment', () => {
  const found = (status: PurchaseStatus, changes: Partial<Affair>, purchase: Partial<PurchaseState> = {}) =>
    texts(faultsOfStates(affair(status, changes, purchase)));
  const unpaid = orders({ status: 'cancelled', paid: false });

  it.each<[PurchaseStatus, Partial<Affair>, Partial<PurchaseState>?]>([
    ['confirmed', {}],
    ['closed', { orders: orders({ status: 'completed' }) }],
    ['confirmed', { payment: payment({ status: 'pending', method: 'cash_on_delivery' }), orders: orders({ paid: false }) }],
    ['reserving', { payment: undefined, orders: [] }],
    ['awaiting_payment', { payment: payment({ status: 'failed' }), orders: orders({ status: 'awaiting_payment', paid: false }) }],
    ['closing', { payment: payment({ status: 'processing' }), orders: orders({ status: 'awaiting_payment', paid: false }) }],
    ['failed', { payment: undefined, orders: [] }],
    ['expired', { payment: payment({ status: 'cancelled' }), orders: unpaid }],
    ['cancelled', { payment: payment({ status: 'cancelled' }), orders: unpaid }],
    ['expired', { orders: orders({ status: 'cancelled' }) }, { paidLate: true }],
  ])('agree: %s', (status, changes, purchase = {}) => {
    expect(found(status, changes, purchase)).toEqual([]);
  });

  it.each<[string, PurchaseStatus, Partial<Affair>]>([
    ['confirmed without an order', 'confirmed', { orders: orders({}).slice(1) }],
    ['confirmed with an order left behind', 'confirmed', { orders: orders({ status: 'awaiting_payment' }) }],
    ['confirmed and paid, with orders that know nothing of it', 'confirmed', { orders: orders({ paid: false }) }],
    ['confirmed and not paid', 'confirmed', { payment: payment({ status: 'failed' }), orders: orders({ paid: false }) }],
    ['confirmed, the card not charged', 'confirmed', { payment: payment({ status: 'pending' }), orders: orders({ paid: false }) }],
    ['confirmed without a payment', 'confirmed', { payment: undefined, orders: orders({ paid: false }) }],
    ['unpaid with money taken', 'awaiting_payment', { orders: orders({ status: 'awaiting_payment' }) }],
    ['unpaid with an order placed', 'awaiting_payment', { payment: payment({ status: 'failed' }) }],
    ['expired with money taken', 'expired', { orders: orders({ status: 'cancelled' }) }],
    ['expired with a payment that can still be made', 'expired', { payment: payment({ status: 'pending' }), orders: unpaid }],
    ['cancelled with an order that lives on', 'cancelled', { payment: payment({ status: 'cancelled' }), orders: orders({ paid: false }) }],
    ['holding an order of another purchase', 'confirmed', { orders: orders({ purchaseId: 'pur_2' }) }],
  ])('do not agree: %s', (_case, status, changes) => {
    expect(found(status, changes)).not.toEqual([]);
  });
});
