import { EventEmitter2 } from '@nestjs/event-emitter';
import { PurchaseConfirmed, PurchaseEnded, PurchasePaidLate } from '@daraa/checkout/events';
import { randomIds } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';
import { orderIdOf, Orders } from '@daraa/orders';
import type { OpenOrdersCommand, OrderRequest, OrderView } from '@daraa/orders';
import { aGuest, aPayment, PaymentsHouse } from '../../../../test/support/payments.js';
import type { Asking, PaymentsProcess } from '../../../../test/support/payments.js';

const house = new PaymentsHouse();
let one: PaymentsProcess;
let two: PaymentsProcess;

beforeAll(async () => {
  one = await house.start();
  two = await house.start();
});

afterEach(async () => {
  house.stripe.faults.clear();
  await house.settled();
});

const usd = (amount: number) => ({ amount, currency: 'USD' });
const ordersOf = (process: PaymentsProcess) => process.app.get(Orders, { strict: false });
const processOf = (index: number) => (index % 2 === 0 ? one : two);
let numbers = 0;

function requestOf(total: number): OrderRequest {
  const store = { id: randomIds.next('store'), name: { en: 'Petra' }, slug: 'petra' };
  const prices = { itemsTotal: usd(total), discount: usd(0), net: usd(total), tax: usd(0), total: usd(total) };
  const sold = { productId: randomIds.next('prod'), name: { en: 'Cup' }, slug: 'cup', sku: 'CUP-1', options: {}, image: null };
  const item = { variantId: randomIds.next('var'), quantity: 1, unitPrice: usd(total), taxBasisPoints: 0, ...prices, ...sold };
  const totals = { ...prices, taxIncluded: false, deliveryFee: usd(0), serviceFee: usd(0), tip: usd(0) };
  return { store, items: [item], totals, commissionBasisPoints: 1000 };
}

/** A purchase of one order per total, in minor units of USD. */
function aPurchase(totals: readonly number[] = [1200, 801], changes: Partial<OpenOrdersCommand> = {}): OpenOrdersCommand {
  return {
    purchaseId: randomIds.next('pur'),
    purchaseNumber: `DRA-2026-${String((numbers += 1)).padStart(6, '0')}`,
    paymentId: randomIds.next('pay'),
    paymentMethod: 'card',
    buyer: { type: 'account', id: randomIds.next('acc') },
    shippingAddress: { firstName: 'Layla', lastName: 'Haddad', phone: '+962791234567', line1: '12 Rainbow', city: 'Amman', country: 'JO' },
    orders: totals.map(requestOf),
    at: house.clock.now(),
    ...changes,
  };
}

const idsOf = ({ purchaseId, orders }: OpenOrdersCommand) => orders.map(({ store }) => orderIdOf(purchaseId, store.id));

/** The purchase with its orders opened and its payment captured. */
async function paidFor(purchase: OpenOrdersCommand): Promise<OpenOrdersCommand> {
  const { paymentId, purchaseId, buyer, orders } = purchase;
  await ordersOf(one).open(purchase);
  const total = orders.reduce((sum, order) => sum + order.totals.total.amount, 0);
  const payable = { type: 'purchase', id: purchaseId } as const;
  await one.payments.open(aPayment({ paymentId, payable, buyer, amount: usd(total), paymentMethodId: 'pm_card_visa' }));
  return purchase;
}

async function placed(purchase = aPurchase()): Promise<OpenOrdersCommand> {
  await paidFor(purchase);
  await ordersOf(one).placeById(purchase.purchaseId, idsOf(purchase), true);
  return purchase;
}

/** One delivery of an event to its handlers in a process. */
async function hear(process: PaymentsProcess, { type }: { readonly type: string }, payload: object): Promise<void> {
  const delivery = { event: { payload }, run: (_handler: string, work: () => Promise<void>) => work() };
  await process.app.get(EventEmitter2).emitAsync(type, delivery);
}

interface OrderAnswer {
  readonly status: number;
  readonly data: OrderView & readonly OrderView[];
  readonly error: { readonly code: string };
}

async function call(method: 'GET' | 'POST', url: string, asking: Asking, body?: object): Promise<OrderAnswer> {
  return (await one.call(method, url, body, asking)) as unknown as OrderAnswer;
}

const cancel = (process: PaymentsProcess, orderId: string, asking: Asking) =>
  process.call('POST', `/orders/${orderId}/cancel`, { reason: 'Ordered by mistake.' }, asking);

const viewsOf = ({ purchaseId }: OpenOrdersCommand) => ordersOf(one).ofPurchase(purchaseId);
const refundedOf = async ({ paymentId }: OpenOrdersCommand) => (await one.find(paymentId)).refunded.amount;

describe('the orders of a purchase', () => {
  it('are opened once, one per store, whoever opens them and however often', async () => {
    const purchase = aPurchase();
    await Promise.all(Array.from({ length: 10 }, (_, index) => ordersOf(processOf(index)).open(purchase)));
    const views = await viewsOf(purchase);
    expect(views.map(({ id }) => id)).toEqual(idsOf(purchase));
    expect(views.map(({ number }) => number)).toEqual([`${purchase.purchaseNumber}-1`, `${purchase.purchaseNumber}-2`]);
    expect(views.every(({ status, paid, version }) => status === 'awaiting_payment' && !paid && version === 1)).toBe(true);
  });

  it('are placed once, though the checkout and its event do it at the same time in two processes', async () => {
    const purchase = await paidFor(aPurchase());
    const payload = { purchaseId: purchase.purchaseId, orderIds: idsOf(purchase), paid: true, lines: [], paymentId: purchase.paymentId };
    await Promise.all([
      ordersOf(one).placeById(purchase.purchaseId, idsOf(purchase), true),
      hear(two, PurchaseConfirmed, payload),
      hear(one, PurchaseConfirmed, payload),
    ]);
    for (const view of await viewsOf(purchase)) {
      expect(view).toMatchObject({ status: 'placed', paid: true, version: 2 });
      expect(view.timeline.map(({ status }) => status)).toEqual(['awaiting_payment', 'placed']);
    }
  });

  it('that are not all opened yet are not placed: the event comes again', async () => {
    const purchase = aPurchase();
    const payload = { purchaseId: purchase.purchaseId, orderIds: idsOf(purchase), paid: true, lines: [], paymentId: purchase.paymentId };
    await expect(hear(one, PurchaseConfirmed, payload)).rejects.toThrow('opened yet');
  });

  it('end with a purchase that nobody paid, say why, and refund nothing', async () => {
    const purchase = aPurchase();
    await ordersOf(one).open(purchase);
    const payload = { purchaseId: purchase.purchaseId, orderIds: idsOf(purchase), lines: [], status: 'expired' };
    await Promise.all([hear(one, PurchaseEnded, payload), hear(two, PurchaseEnded, payload)]);
    for (const view of await viewsOf(purchase)) {
      expect(view).toMatchObject({ status: 'cancelled', cancelReason: 'The purchase was not paid in time.', refunds: [], version: 2 });
    }
  });

  it('give back together exactly the money that came too late, whichever they hear first and however often', async () => {
    const purchase = await paidFor(aPurchase([1200, 801, 7]));
    const { purchaseId, paymentId } = purchase;
    const payload = { purchaseId, orderIds: idsOf(purchase), paymentId, lines: [], status: 'expired' };
    await Promise.all([
      hear(one, PurchasePaidLate, payload),
      hear(two, PurchaseEnded, payload),
      hear(two, PurchasePaidLate, payload),
      hear(one, PurchaseEnded, payload),
    ]);
    await house.settled();
    const ended = (amount: number) => ({ status: 'cancelled', paid: true, refunds: [{ amount: usd(amount), status: 'succeeded' }] });
    expect(await viewsOf(purchase)).toMatchObject([ended(1200), ended(801), ended(7)]);
    expect(await refundedOf(purchase)).toBe(2008);
  });
});

describe('cancelling an order', () => {
  it('gives back its own part of the payment, once, though twenty ask at once in two processes', async () => {
    const purchase = await placed();
    const [orderId = ''] = idsOf(purchase);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => cancel(processOf(index), orderId, { as: purchase.buyer })));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    await house.settled();
    const [first, second] = await viewsOf(purchase);
    expect(first).toMatchObject({ status: 'cancelled', refunds: [{ amount: usd(1200), status: 'succeeded' }] });
    expect(second).toMatchObject({ status: 'placed', refunds: [] });
    expect(await refundedOf(purchase)).toBe(1200);
  });

  it('one after the other gives back the whole payment, to the cent', async () => {
    const purchase = await placed(aPurchase([1, 999, 33, 967]));
    await Promise.all(idsOf(purchase).map((orderId) => cancel(one, orderId, { as: purchase.buyer })));
    await house.settled();
    expect(await refundedOf(purchase)).toBe(2000);
  });

  it('is for its buyer alone: to others it does not exist', async () => {
    const purchase = await placed();
    const [orderId = ''] = idsOf(purchase);
    const others: Asking[] = [{ as: aPurchase().buyer }, { cartToken: aGuest().cartToken }];
    for (const asking of others) {
      expect(await cancel(one, orderId, asking)).toMatchObject({ status: 404, error: { code: 'ORDER_NOT_FOUND' } });
      expect(await call('GET', `/orders/${orderId}`, asking)).toMatchObject({ status: 404, error: { code: 'ORDER_NOT_FOUND' } });
    }
    expect(await viewsOf(purchase)).toMatchObject([{ status: 'placed' }, { status: 'placed' }]);
  });

  it('before it is paid says to cancel the purchase', async () => {
    const purchase = aPurchase();
    await ordersOf(one).open(purchase);
    const answer = await cancel(one, idsOf(purchase)[0] ?? '', { as: purchase.buyer });
    expect(answer).toMatchObject({ status: 422, error: { code: 'ORDER_CANNOT_CANCEL' } });
  });

  it('whose refund the provider refuses shows that it failed', async () => {
    const purchase = await placed();
    const [intent] = await house.intentsOf(purchase.paymentId);
    await house.sdk.refunds.create({ payment_intent: intent?.id ?? '', amount: 1500 });
    await cancel(one, idsOf(purchase)[0] ?? '', { as: purchase.buyer });
    await house.settled();
    expect(await viewsOf(purchase)).toMatchObject([{ status: 'cancelled', refunds: [{ status: 'failed' }] }, { status: 'placed' }]);
  });
});

describe('a buyer', () => {
  const listed = async (buyer: Actor, query = '') => (await call('GET', `/orders${query}`, { as: buyer })).data.map(({ id }) => id);

  it('sees their own orders, the newest first, in pages, all or of one state', async () => {
    const first = await placed();
    const second = aPurchase([500], { buyer: first.buyer });
    await ordersOf(one).open(second);
    await placed();
    expect((await listed(first.buyer)).sort()).toEqual([...idsOf(first), ...idsOf(second)].sort());
    expect((await listed(first.buyer))[0]).toBe(idsOf(second)[0]);
    expect(await listed(first.buyer, '?status=awaiting_payment')).toEqual(idsOf(second));
    const pages = [await listed(first.buyer, '?limit=2&page=1'), await listed(first.buyer, '?limit=2&page=2')];
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    expect(pages.flat()).toEqual(await listed(first.buyer));
  });

  it('does not see what the platform earns, nor who worked on the order', async () => {
    const purchase = await placed();
    const { status, data } = await call('GET', `/orders/${idsOf(purchase)[0]}`, { as: purchase.buyer });
    expect(status).toBe(200);
    expect(JSON.stringify(data)).not.toMatch(/commission|actor|outbox|updatedBy|buyer/);
  });
});

describe('a guest', () => {
  it('looks an order up by number and email, whatever the case of the email, and nobody does by number alone', async () => {
    const { buyer, cartToken } = aGuest();
    const purchase = await placed(aPurchase([500], { buyer, guestEmail: 'Layla@Example.com' }));
    const number = `${purchase.purchaseNumber}-1`;
    const lookUp = (email: string) => call('POST', '/orders/lookup', {}, { number, email });
    expect(await lookUp('layla@example.COM')).toMatchObject({ status: 200, data: { number, status: 'placed' } });
    expect(await lookUp('other@example.com')).toMatchObject({ status: 404, error: { code: 'ORDER_NOT_FOUND' } });
    expect(await call('GET', `/orders/${idsOf(purchase)[0]}`, { cartToken })).toMatchObject({ status: 200, data: { number } });
    expect(await cancel(one, idsOf(purchase)[0] ?? '', { cartToken })).toMatchObject({ status: 200, data: { status: 'cancelled' } });
  });

  it('does not look up what an account bought', async () => {
    const purchase = await placed(aPurchase([500]));
    const body = { number: `${purchase.purchaseNumber}-1`, email: 'undefined@example.com' };
    expect(await call('POST', '/orders/lookup', {}, body)).toMatchObject({ status: 404, error: { code: 'ORDER_NOT_FOUND' } });
  });
});
