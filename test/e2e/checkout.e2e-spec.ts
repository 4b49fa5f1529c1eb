import { AMMAN, Shop } from '../support/shop.js';
import type { Person, ProductForSale } from '../support/shop.js';
import { useMarketplace } from '../support/marketplace.js';
import { waitUntil } from '../support/wait-until.js';

interface Placed {
  readonly purchase: {
    readonly id: string;
    readonly number: string;
    readonly status: string;
    readonly total: { amount: number };
    readonly orders: { id: string; number: string; status: string; storeId: string; totals: { total: { amount: number } } }[];
    readonly payment: { id: string; status: string; clientSecret?: string };
  };
}
interface Order {
  readonly status: string;
  readonly refunds: { status: string; amount: { amount: number } }[];
}

const card = (paymentMethodId: string) => ({ shippingAddress: AMMAN, payment: { method: 'card', paymentMethodId } });
const inCash = { shippingAddress: AMMAN, payment: { method: 'cash_on_delivery' } };

describe('a checkout', () => {
  const market = useMarketplace();
  const shop = new Shop(market);
  let soap: ProductForSale;
  let oil: ProductForSale;
  let customer: Person;

  beforeEach(async () => {
    soap = await shop.aProduct({ stock: 10, price: 1999 });
    oil = await shop.aProduct({ stock: 10, price: 3500, name: 'Olive oil' });
    customer = await shop.aCustomer();
  });

  const fillCart = async (quantity = 2) => {
    await customer.client.post('/cart/items', { variantId: soap.variantId, quantity });
    return customer.client.post<{ itemCount: number }>('/cart/items', { variantId: oil.variantId, quantity: 1 });
  };
  const status = async (placed: Placed) => (await customer.client.get<Placed['purchase']>(`/purchases/${placed.purchase.id}`)).body.data;

  /** The buyer's bank says yes to 3-D Secure. */
  const authenticate = async ({ purchase }: Placed) => {
    const [intent] = (purchase.payment.clientSecret ?? '').split('_secret_');
    await fetch(`${market.stripe.url}/test/payment_intents/${intent}/authenticate`, {
      method: 'POST',
      body: JSON.stringify({ outcome: 'succeed' }),
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer sk_test_local' },
    });
  };

  it('buys from two stores with one payment, sells the stock and empties the cart', async () => {
    expect((await fillCart()).body.data.itemCount).toBe(3);
    const quote = await customer.client.post<{ total: { amount: number } }>('/checkout/quote', { shippingAddress: AMMAN });
    const { status: code, body } = await customer.client.checkout<Placed>({
      ...card('pm_card_visa'),
      expectedTotal: { ...quote.body.data.total, currency: 'USD' },
    });
    expect(code).toBe(201);
    const { purchase } = body.data;
    expect(purchase).toMatchObject({ status: 'confirmed', payment: { status: 'captured' } });
    expect(purchase.orders.map((order) => order.status)).toEqual(['placed', 'placed']);
    expect(purchase.orders.map((order) => order.number)).toEqual([`${purchase.number}-1`, `${purchase.number}-2`]);
    expect(purchase.orders.reduce((sum, order) => sum + order.totals.total.amount, 0)).toBe(purchase.total.amount);
    await market.settled();
    expect(await shop.availableOf(soap.variantId)).toBe(8);
    expect((await customer.client.get<{ itemCount: number }>('/cart')).body.data.itemCount).toBe(0);
  });

  it('with a declined card awaits payment, keeps the stock, and another card pays it', async () => {
    await fillCart();
    const { status: code, body } = await customer.client.checkout<Placed>(card('pm_card_chargeDeclined'));
    expect(code).toBe(201);
    expect(body.data.purchase).toMatchObject({ status: 'awaiting_payment', payment: { status: 'failed' } });
    expect(await shop.availableOf(soap.variantId)).toBe(8);
    const { id } = body.data.purchase.payment;
    const again = await customer.client.post(`/payments/${id}/confirm`, { paymentMethodId: 'pm_card_chargeDeclinedInsufficientFunds' });
    expect([again.status, again.body.error.code]).toEqual([402, 'PAYMENT_FAILED']);
    const paid = await customer.client.post(`/payments/${id}/confirm`, { paymentMethodId: 'pm_card_visa' });
    expect([paid.status, paid.body.data]).toMatchObject([200, { status: 'captured' }]);
    await waitUntil(async () => (await status(body.data)).status === 'confirmed');
    await market.settled();
    expect((await status(body.data)).orders.map((order) => order.status)).toEqual(['placed', 'placed']);
    expect(await shop.availableOf(soap.variantId)).toBe(8);
  });

  it('with 3-D Secure waits for the buyer, and goes on when the bank says yes', async () => {
    await fillCart();
    const { body } = await customer.client.checkout<Placed>(card('pm_card_authenticationRequired'));
    expect(body.data.purchase).toMatchObject({ status: 'awaiting_payment', payment: { status: 'requires_action' } });
    await authenticate(body.data);
    await waitUntil(async () => (await status(body.data)).status === 'confirmed', { describe: 'the webhook confirmed the purchase' });
  });

  it('paid after it had ended gives every order its money back, even to orders that have not heard of the end', async () => {
    await fillCart();
    const { body } = await customer.client.checkout<Placed>(card('pm_card_authenticationRequired'));
    await market.mongo.collection('purchases').updateOne({ _id: body.data.purchase.id as never }, { $set: { status: 'expired' } });
    await authenticate(body.data);
    const orders = async () =>
      Promise.all(body.data.purchase.orders.map(async ({ id }) => (await customer.client.get<Order>(`/orders/${id}`)).body.data));
    await waitUntil(async () => (await orders()).every((order) => order.refunds[0]?.status === 'succeeded'));
    expect((await orders()).map((order) => [order.status, order.refunds.length])).toEqual([['cancelled', 1], ['cancelled', 1]]);
    const refunded = (await orders()).reduce((sum, order) => sum + (order.refunds[0]?.amount.amount ?? 0), 0);
    expect(refunded).toBe(body.data.purchase.total.amount);
  });

  it('in cash is confirmed at once and paid later', async () => {
    await fillCart();
    const { body } = await customer.client.checkout<Placed>(inCash);
    expect(body.data.purchase).toMatchObject({ status: 'confirmed', payment: { status: 'pending' } });
    await market.settled();
    expect(await shop.availableOf(soap.variantId)).toBe(8);
  });

  it('with items buys exactly these and leaves the cart alone', async () => {
    await fillCart();
    const items = [{ variantId: soap.variantId, quantity: 1 }, { variantId: soap.variantId, quantity: 2 }];
    const { body } = await customer.client.checkout<Placed>({ ...card('pm_card_visa'), items });
    expect(body.data.purchase.status).toBe('confirmed');
    await market.settled();
    expect(await shop.availableOf(soap.variantId)).toBe(7);
    expect((await customer.client.get<{ itemCount: number }>('/cart')).body.data.itemCount).toBe(3);
  });

  it('refuses more than is left, says how much there is, and holds nothing', async () => {
    const items = [{ variantId: soap.variantId, quantity: 11 }, { variantId: oil.variantId, quantity: 1 }];
    const { status: code, body } = await customer.client.checkout({ ...card('pm_card_visa'), items });
    expect([code, body.error.code]).toEqual([422, 'INSUFFICIENT_STOCK']);
    expect(body.error.details[0]?.field).toContain(soap.variantId);
    expect(await shop.availableOf(oil.variantId)).toBe(10);
  });

  it('refuses an empty cart and a total that the buyer has not seen', async () => {
    expect((await customer.client.checkout(card('pm_card_visa'))).body.error.code).toBe('CART_EMPTY');
    await fillCart();
    const changed = await customer.client.checkout({ ...card('pm_card_visa'), expectedTotal: { amount: 1, currency: 'USD' } });
    expect([changed.status, changed.body.error.code]).toEqual([422, 'PRICE_CHANGED']);
    expect(changed.body.error.data).toHaveProperty('quote.total');
  });

  it('repeats its answer byte for byte for the same key, and refuses another body', async () => {
    await fillCart();
    const first = await customer.client.checkout<Placed>(card('pm_card_visa'), 'key-1');
    const again = await customer.client.checkout<Placed>(card('pm_card_visa'), 'key-1');
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await customer.client.checkout(inCash, 'key-1')).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await customer.client.post('/checkout', inCash)).body.error.code).toBe('IDEMPOTENCY_KEY_REQUIRED');
  });

  it('that is cancelled unpaid frees the stock, and the whole purchase ends', async () => {
    await fillCart();
    const { body } = await customer.client.checkout<Placed>(card('pm_card_chargeDeclined'));
    const cancelled = await customer.client.post<Placed['purchase']>(`/purchases/${body.data.purchase.id}/cancel`);
    expect(cancelled.body.data).toMatchObject({ status: 'cancelled', payment: { status: 'cancelled' } });
    expect(cancelled.body.data.orders.map((order) => order.status)).toEqual(['cancelled', 'cancelled']);
    expect(await shop.availableOf(soap.variantId)).toBe(10);
    const again = await customer.client.post<Placed['purchase']>(`/purchases/${body.data.purchase.id}/cancel`);
    expect([again.status, again.body.data.status]).toEqual([200, 'cancelled']);
    const paid = await customer.client.post(`/payments/${body.data.purchase.payment.id}/confirm`, { paymentMethodId: 'pm_card_visa' });
    expect(paid.body.error.code).toBe('INVALID_TRANSITION');
  });

  it('that nobody pays expires, and frees what it held', async () => {
    await fillCart();
    const { body } = await customer.client.checkout<Placed>(card('pm_card_chargeDeclined'));
    await market.mongo.collection('purchases').updateOne({ _id: body.data.purchase.id as never }, { $set: { expiresAt: new Date(0) } });
    await market.sweep('checkout.sweep-purchases');
    expect((await status(body.data)).status).toBe('expired');
    expect(await shop.availableOf(soap.variantId)).toBe(10);
  });

  it('whose order is cancelled gives back money and stock', async () => {
    await fillCart();
    const { body } = await customer.client.checkout<Placed>(card('pm_card_visa'));
    const order = body.data.purchase.orders.find((each) => each.storeId === soap.storeId);
    const cancelled = await customer.client.post<Order>(`/orders/${order?.id}/cancel`, { reason: 'Ordered by mistake.' });
    expect(cancelled.body.data.status).toBe('cancelled');
    const refunded = async () => (await customer.client.get<Order>(`/orders/${order?.id}`)).body.data.refunds[0];
    await waitUntil(async () => (await refunded())?.status === 'succeeded');
    expect((await refunded())?.amount.amount).toBe(order?.totals.total.amount);
    await market.settled();
    expect(await shop.availableOf(soap.variantId)).toBe(10);
    expect(await shop.availableOf(oil.variantId)).toBe(9);
  });

  it('of a guest with email and phone can be looked up by number and email', async () => {
    const first = await market.guest.post<{ token: string }>('/cart/items', { variantId: soap.variantId, quantity: 1 });
    const guest = market.guest.withCart(first.headers.get('x-cart-token') ?? '');
    expect((await guest.checkout(card('pm_card_visa'))).body.error.code).toBe('GUEST_CONTACT_REQUIRED');
    const { body } = await guest.checkout<Placed>({
      ...card('pm_card_visa'),
      guest: { email: 'Guest@Example.test', phone: '+962791234567' },
    });
    expect(body.data.purchase.status).toBe('confirmed');
    const number = body.data.purchase.orders[0]?.number;
    expect((await market.guest.post('/orders/lookup', { number, email: 'guest@example.test' })).status).toBe(200);
    expect((await market.guest.post('/orders/lookup', { number, email: 'other@example.test' })).body.error.code).toBe('ORDER_NOT_FOUND');
  });

  it("is invisible to others: somebody else's purchase, order and payment do not exist", async () => {
    await fillCart();
    const { purchase } = (await customer.client.checkout<Placed>(card('pm_card_visa'))).body.data;
    const { client } = await shop.aCustomer();
    for (const path of [`/purchases/${purchase.id}`, `/orders/${purchase.orders[0]?.id}`, `/payments/${purchase.payment.id}`]) {
      expect((await client.get(path)).status).toBe(404);
    }
  });

  it("after a declined first try is not refused by the first try's leftovers", async () => {
    const last = await shop.aProduct({ stock: 1 });
    const items = [{ variantId: last.variantId, quantity: 1 }];
    const first = await customer.client.checkout<Placed>({ ...card('pm_card_chargeDeclined'), items });
    expect(first.body.data.purchase.status).toBe('awaiting_payment');
    const second = await customer.client.checkout<Placed>({ ...card('pm_card_visa'), items });
    expect(second.body.data.purchase.status).toBe('confirmed');
    expect((await status(first.body.data)).status).toBe('cancelled');
    await market.settled();
    expect(await shop.availableOf(last.variantId)).toBe(0);
  });
});
