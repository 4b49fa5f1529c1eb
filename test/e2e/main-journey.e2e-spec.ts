import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { codeFromInbox, dataOf, GOOD_PASSWORD, signUp } from '../support/journeys.js';
import type { Session } from '../support/journeys.js';
import { AMMAN, Shop } from '../support/shop.js';
import { useMarketplace } from '../support/marketplace.js';
import { waitUntil } from '../support/wait-until.js';

// Passwords are hashed and letters travel through the worker; on a busy machine that takes its time.
jest.setTimeout(30_000);

const USD = (amount: number) => ({ amount, currency: 'USD' });
const id = (prefix: string): unknown => expect.stringMatching(new RegExp(`^${prefix}_[0-9a-z]{26}$`));
const anyTime: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const anyText: unknown = expect.any(String);
const containing = (...items: unknown[]): unknown => expect.arrayContaining(items);
const anyMoney = { amount: expect.any(Number) as unknown, currency: 'USD' };
const unique = randomUUID().slice(0, 8);
const email = (name: string) => `${name}-${unique}@example.test`;

interface Named {
  readonly id: string;
}
interface Product extends Named {
  readonly slug: string;
  readonly status: string;
  readonly variants: { id: string; sku: string }[];
}
interface Cart extends Named {
  readonly itemCount: number;
  readonly groups: { items: { itemId: string; quantity: number }[] }[];
}
interface Quote {
  readonly groups: { total: { amount: number } }[];
  readonly serviceFee: { amount: number };
  readonly total: { amount: number; currency: string };
}
interface Placed {
  readonly purchase: Named & { number: string; total: { amount: number }; orders: { id: string; number: string }[]; payment: Named };
}

// Each step begins where the one before has ended, as people live through it.
describe('the main journey', () => {
  const market = useMarketplace();
  let owner: ApiClient;
  let admin: ApiClient;
  let customer: ApiClient;
  let session: Session;
  let storeId: string;
  let categoryId: string;
  let product: Product;
  let variantId: string;
  let addressId: string;
  let purchase: Placed['purchase'];

  it('an owner registers, and the code from the inbox logs them in', async () => {
    const name = { firstName: 'Rana', lastName: 'Odeh' };
    const person = { email: email('owner'), phone: '+962791234567', password: GOOD_PASSWORD, ...name, role: 'store_owner' };
    const registered = await market.guest.post('/auth/register', person);
    expect([registered.status, registered.body]).toEqual([
      201,
      {
        success: true,
        data: {
          account: { id: id('acc'), email: person.email, status: 'pending_verification', roles: containing('store_owner') },
          verification: { channel: 'email', expiresAt: anyTime },
        },
      },
    ]);
    const code = await codeFromInbox(person.email);
    const verified = dataOf(await market.guest.post<Session>('/auth/otp/verify', { email: person.email, code }));
    expect(verified).toMatchObject({
      accessToken: anyText,
      refreshToken: anyText,
      expiresIn: expect.any(Number) as unknown,
      account: { id: id('acc'), email: person.email, firstName: 'Rana', lastName: 'Odeh', stores: [] },
    });
    owner = market.guest.as(verified.accessToken);
  });

  it('a wrong code is refused, and asking for another is accepted', async () => {
    await market.guest.post('/auth/register', { email: email('hasty'), password: GOOD_PASSWORD, firstName: 'Sami', lastName: 'Nasser' });
    const code = await codeFromInbox(email('hasty'));
    const wrong = await market.guest.post('/auth/otp/verify', { email: email('hasty'), code: code === '000000' ? '000001' : '000000' });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'OTP_INVALID']);
    expect((await market.guest.post('/auth/otp/resend', { email: email('hasty') })).status).toBe(202);
  });

  it('the owner drafts a store and submits it; an admin approves it', async () => {
    const draft = dataOf(
      await owner.post<Named>('/stores', {
        name: { en: `Petra Pantry ${unique}`, ar: 'مونة البتراء' },
        description: 'Olives, oil and soap.',
        address: { line1: '3 Paris Circle', city: 'Amman', country: 'JO' },
        location: { lat: 31.96, lng: 35.91 },
        openingHours: [{ day: 'sunday', opens: '08:00', closes: '22:00' }],
      }),
      201,
    );
    expect(draft).toMatchObject({ id: id('sto'), status: 'draft', name: { ar: 'مونة البتراء' }, location: { lat: 31.96 } });
    storeId = draft.id;
    expect(dataOf(await owner.post(`/stores/${storeId}/submit`))).toMatchObject({ status: 'submitted' });
    admin = (await new Shop(market).anAdmin()).client;
    const approved = await admin.post(`/admin/stores/${storeId}/approve`, { reason: 'All papers are there.' });
    expect(dataOf(approved)).toMatchObject({ status: 'approved' });
  });

  it('the owner logs in again and finds the store in the account', async () => {
    const login = (password: string) => market.guest.post<Session>('/auth/login', { email: email('owner'), password });
    const found = await waitUntil(async () => dataOf(await login(GOOD_PASSWORD)).account.stores[0]);
    expect(found).toEqual({ id: storeId, slug: expect.stringContaining('petra-pantry') as unknown, role: 'owner' });
    expect((await login('Wrong-horse-7')).body.error.code).toBe('INVALID_CREDENTIALS');
  });

  it('an admin makes a category, and the owner puts a product on sale in it', async () => {
    const category = dataOf(await admin.post<Named>('/admin/categories', { name: { en: `Soap ${unique}`, ar: 'صابون' } }), 201);
    categoryId = category.id;
    product = dataOf(
      await owner.post<Product>(`/stores/${storeId}/products`, {
        name: { en: `Olive oil soap ${unique}`, ar: 'صابون زيت الزيتون' },
        description: 'Cold pressed, cured for nine months.',
        categoryId,
        brand: 'Petra',
        tags: ['soap'],
        variants: [
          { sku: 'SOAP-1', options: { size: 'S' }, price: USD(500), compareAtPrice: USD(700), stock: 10, weightGrams: 120 },
          { sku: 'SOAP-3', options: { size: 'L' }, price: USD(1250), stock: 5 },
        ],
        images: [{ url: 'https://images.example.test/soap.webp', alt: 'A bar of soap' }],
      }),
      201,
    );
    expect(product).toMatchObject({ id: id('prod'), status: 'draft', variants: [{ sku: 'SOAP-1' }, { id: id('var'), sku: 'SOAP-3' }] });
    variantId = product.variants[0]?.id ?? '';
    expect(dataOf(await owner.post(`/stores/${storeId}/products/${product.id}/publish`))).toMatchObject({ status: 'active' });
    await market.settled();
    expect(dataOf(await market.guest.get(`/inventory/${variantId}`))).toEqual({ variantId, available: 10, inStock: true, lowStock: false });
  });

  it('the owner corrects the stock by a difference and by a count', async () => {
    const adjust = (body: object) => owner.post(`/stores/${storeId}/inventory/${variantId}/adjustments`, body);
    const more = dataOf(await adjust({ delta: 5, reason: 'purchase', note: 'Delivered today.' }));
    expect(more).toEqual({ variantId, onHand: 15, reserved: 0, available: 15 });
    expect(dataOf(await adjust({ count: 12, reason: 'count' }))).toEqual({ variantId, onHand: 12, reserved: 0, available: 12 });
  });

  it('everybody finds the product by search, list, suggestion, category and page', async () => {
    const found = await waitUntil(async () => {
      const answer = await market.guest.get<Product[]>(`/products/search?q=${encodeURIComponent(`soap ${unique}`)}`);
      return dataOf(answer).length > 0 ? answer : undefined;
    });
    expect(found.body.pagination).toEqual({ page: 1, limit: 20, total: 1, totalPages: 1, hasNext: false, hasPrev: false });
    expect(found.body.data).toMatchObject([{ id: product.id, slug: product.slug, store: { id: storeId }, inStock: true }]);
    const filters = `category=${categoryId}&store=${storeId}&brand=Petra&minPrice=100&maxPrice=2000&inStock=true`;
    const list = `/products?q=${unique}&${filters}&sortBy=price&sortOrder=asc&page=1&limit=5`;
    expect(dataOf(await market.guest.get<Product[]>(list)).map((each) => each.id)).toEqual([product.id]);
    expect(dataOf(await market.guest.get<Product[]>('/products/suggest?q=oliv')).map((each) => each.id)).toContain(product.id);
    expect(dataOf(await market.guest.get<Named[]>('/categories')).map((each) => each.id)).toContain(categoryId);
    for (const idOrSlug of [product.id, product.slug]) {
      const page = dataOf(await market.guest.get(`/products/${idOrSlug}`));
      expect(page).toMatchObject({ id: product.id, variants: [{ price: USD(500) }, { price: USD(1250) }] });
    }
  });

  it('a customer registers and saves an address', async () => {
    session = await signUp(market.guest, email('customer'));
    expect(session.account.roles).toEqual(['customer']);
    customer = market.guest.as(session.accessToken);
    expect(dataOf(await customer.get('/me'))).toMatchObject({ email: email('customer'), firstName: 'Layla' });
    const address = { label: 'Home', ...AMMAN, building: '12', instructions: 'Ring twice.', isDefault: true };
    const added = dataOf(await customer.post<Named>('/me/addresses', address), 201);
    expect(added).toMatchObject({ id: id('adr'), ...address });
    addressId = added.id;
  });

  it('a guest fills a cart under a token, and after the login it is theirs', async () => {
    const first = await market.guest.post<Cart>('/cart/items', { variantId, quantity: 1 });
    expect(dataOf(first).itemCount).toBe(1);
    const token = first.headers.get('x-cart-token') ?? '';
    const guest = market.guest.withCart(token);
    expect(dataOf(await guest.get<Cart>('/cart')).id).toBe(first.body.data.id);
    const merged = await customer.withCart(token).get<Cart>('/cart');
    expect(dataOf(merged)).toEqual({
      id: id('cart'),
      groups: [{
        store: { id: storeId, name: { en: `Petra Pantry ${unique}`, ar: 'مونة البتراء' }, slug: anyText },
        items: [expect.objectContaining({
          itemId: id('itm'),
          variantId,
          productId: product.id,
          name: { en: `Olive oil soap ${unique}`, ar: 'صابون زيت الزيتون' },
          image: 'https://images.example.test/soap.webp',
          unitPrice: USD(500),
          quantity: 1,
          lineTotal: USD(500),
          available: 12,
        }) as unknown],
      }],
      itemCount: 1,
      subtotal: USD(500),
      warnings: [],
      expiresAt: anyTime,
      version: expect.any(Number) as unknown,
    });
    expect(dataOf(await guest.get<Cart>('/cart')).itemCount).toBe(0);
    expect(dataOf(await customer.get<Cart>('/cart')).itemCount).toBe(1);
  });

  it('the customer changes quantities, takes items out and clears the cart', async () => {
    const added = dataOf(await customer.post<Cart>('/cart/items', { variantId: product.variants[1]?.id, quantity: 2 }));
    expect(added).toMatchObject({ itemCount: 3, subtotal: USD(3000) });
    const [soap, large] = added.groups[0]?.items ?? [];
    const changed = dataOf(await customer.patch(`/cart/items/${soap?.itemId}`, { quantity: 4 }));
    expect(changed).toMatchObject({ itemCount: 6, subtotal: USD(4500) });
    expect(dataOf(await customer.delete(`/cart/items/${large?.itemId}`))).toMatchObject({ itemCount: 4, subtotal: USD(2000) });
    expect(dataOf(await customer.delete('/cart'))).toMatchObject({ itemCount: 0, subtotal: USD(0), groups: [] });
    expect(dataOf(await customer.post('/cart/items', { variantId, quantity: 2 }))).toMatchObject({ itemCount: 2, subtotal: USD(1000) });
  });

  it('a quote adds up, and the checkout by card costs exactly that', async () => {
    const quote = dataOf(await customer.post<Quote>('/checkout/quote', { addressId }));
    expect(quote).toEqual({
      groups: [{
        storeId,
        itemsTotal: USD(1000),
        discount: USD(0),
        tax: anyMoney,
        deliveryFee: anyMoney,
        tip: USD(0),
        deliveryMethods: expect.arrayContaining([{ id: anyText, name: anyText, price: anyMoney, eta: anyText }]) as unknown,
        total: anyMoney,
      }],
      itemsTotal: USD(1000),
      discount: USD(0),
      tax: anyMoney,
      deliveryFee: anyMoney,
      serviceFee: anyMoney,
      total: anyMoney,
      pointsValue: USD(0),
      walletApplied: USD(0),
      toPay: quote.total,
    });
    expect(quote.groups.reduce((sum, group) => sum + group.total.amount, quote.serviceFee.amount)).toBe(quote.total.amount);
    const payment = { method: 'card', paymentMethodId: 'pm_card_visa' };
    const placed = await customer.checkout<Placed>({ addressId, payment, notes: 'Please call.', expectedTotal: quote.total });
    purchase = dataOf(placed, 201).purchase;
    expect(purchase).toMatchObject({
      id: id('pur'),
      number: anyText,
      status: 'confirmed',
      total: quote.total,
      toPay: quote.total,
      orders: [{
        id: id('ord'),
        number: `${purchase.number}-1`,
        storeId,
        status: 'placed',
        items: [{ variantId, quantity: 2 }],
        totals: { total: quote.total },
      }],
      payment: { id: id('pay'), status: 'captured', method: 'card' },
    });
  });

  it('the order is visible, the stock is sold and the cart is empty', async () => {
    await market.settled();
    const orderId = purchase.orders[0]?.id;
    expect(dataOf(await customer.get<Named[]>('/orders')).map((order) => order.id)).toEqual([orderId]);
    const order = dataOf(await customer.get(`/orders/${orderId}`));
    expect(order).toMatchObject({ id: orderId, purchaseId: purchase.id, status: 'placed', paid: true });
    expect(dataOf(await customer.get(`/purchases/${purchase.id}`))).toMatchObject({ status: 'confirmed', payment: { status: 'captured' } });
    expect(dataOf(await customer.get(`/payments/${purchase.payment.id}`))).toMatchObject({ status: 'captured', amount: purchase.total });
    expect(dataOf(await market.guest.get(`/inventory/${variantId}`))).toMatchObject({ available: 10 });
    expect(dataOf(await customer.get<Cart>('/cart')).itemCount).toBe(0);
  });

  it('the customer cancels the order: the money and the stock come back', async () => {
    const orderId = purchase.orders[0]?.id;
    const cancelled = await customer.post(`/orders/${orderId}/cancel`, { reason: 'Ordered by mistake.' });
    expect(dataOf(cancelled)).toMatchObject({ status: 'cancelled' });
    const refund = await waitUntil(async () => {
      const { refunds } = dataOf(await customer.get<{ refunds: { status: string; amount: object }[] }>(`/orders/${orderId}`));
      return refunds[0]?.status === 'succeeded' ? refunds[0] : undefined;
    });
    expect(refund.amount).toEqual(purchase.total);
    await market.settled();
    expect(dataOf(await market.guest.get(`/inventory/${variantId}`))).toMatchObject({ available: 12 });
  });

  it('refreshing rotates the token, and logging out ends the session', async () => {
    const rotated = dataOf(await market.guest.post<Session>('/auth/refresh', { refreshToken: session.refreshToken }));
    expect(rotated.refreshToken).not.toBe(session.refreshToken);
    const again = market.guest.as(rotated.accessToken);
    expect(dataOf(await again.get('/me'))).toMatchObject({ email: email('customer') });
    expect((await market.guest.post('/auth/logout', { refreshToken: rotated.refreshToken })).status).toBe(200);
    const late = await market.guest.post('/auth/refresh', { refreshToken: rotated.refreshToken });
    expect([late.status, late.body.error.code]).toEqual([401, 'REFRESH_TOKEN_INVALID']);
    const describe = 'the access token of an ended session is refused';
    await waitUntil(async () => (await again.get('/me')).status === 401, { describe });
  });
});
