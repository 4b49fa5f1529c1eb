import { jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import { Acknowledger, createHttpApplication, Dispatcher, guestIdOf, MessagingModule, MongoModule } from '@daraa/platform';
import { Inventory, InventoryHttpModule } from '@daraa/inventory';
import { randomIds } from '@daraa/kernel';
import { CatalogHttpModule } from '@daraa/catalog';
import { StoresHttpModule } from '../../../test/support/store-access.js';
import { freshDatabase } from '../../../test/support/database.js';
import { Market } from '../../../test/support/market.js';
import type { Call } from '../../../test/support/market.js';
import { plansOf } from '../../../test/support/query-plans.js';
import { textOf } from '../../../test/support/raw-database.js';
import { RoundTrips } from '../../../test/support/round-trips.js';
import { waitUntil } from '../../../test/support/wait-until.js';
import { CartHttpModule } from './cart.module.js';
import { DropPurchasedLines } from './application/drop-purchased-lines.js';
import { ExpiredCarts } from './application/expired-carts.js';
import { Carts } from './carts.facade.js';
import type { CartResponse } from './http/cart.response.js';

@Module({ imports: [MongoModule, MessagingModule, StoresHttpModule, CatalogHttpModule, InventoryHttpModule, CartHttpModule] })
class ShopModule {}

jest.setTimeout(60_000);

const database = freshDatabase();
let one: Market;
let two: Market;
let roundTrips: RoundTrips;
let categoryId: string;

async function start(): Promise<Market> {
  const environment = { MONGODB_URI: database.uri, RATE_LIMIT: 'off' as const };
  const app = await createHttpApplication(ShopModule, { environment, logger: false });
  await app.init();
  const market = new Market(app);
  await Promise.all(Object.values(market.connection.models).map((model) => model.init()));
  return market;
}

beforeAll(async () => {
  one = await start();
  two = await start();
  roundTrips = new RoundTrips(one.connection);
  categoryId = await one.category('Soap');
});

afterAll(() => Promise.all([one.close(), two.close()]));

/** A variant on sale with so many pieces. */
async function aVariant(stock = 50, amount = 1000): Promise<{ variantId: string; productId: string; storeId: string; ownerId: string }> {
  const ownerId = randomIds.next('acc');
  const store = await one.approvedStore(`Store ${randomIds.next('x')}`, ownerId);
  const product = await one.product(store.id, categoryId, { variants: [{ stock, price: { amount, currency: 'USD' } }] });
  const variantId = product.variants[0]?.id ?? '';
  const inventory = one.app.get(Inventory, { strict: false });
  await waitUntil(async () => (await inventory.availabilityOf([variantId])).has(variantId), { describe: 'the stock item exists' });
  return { variantId, productId: product.id, storeId: store.id, ownerId };
}

/** Waits until nothing asynchronous is under way. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await one.app.get(Dispatcher).idle();
  await one.app.get(Acknowledger).flush();
}

type Identity = Pick<Call, 'as' | 'headers'>;

function aCustomer(): { me: Identity; accountId: string } {
  const accountId = randomIds.next('acc');
  return { me: { as: one.token('customer', accountId) }, accountId };
}

async function aGuest(): Promise<{ me: Identity; token: string }> {
  const { body } = await one.call<CartResponse>('/cart');
  const token = body.data.token ?? '';
  return { me: { headers: { 'x-cart-token': token } }, token };
}

function add(me: Identity, variantId: string, quantity: number, market = one) {
  return market.call<CartResponse>('/cart/items', { method: 'POST', ...me, body: { variantId, quantity } });
}

async function cartOf(me: Identity): Promise<CartResponse> {
  return (await one.call<CartResponse>('/cart', me)).body.data;
}

function piecesIn(cart: CartResponse): Record<string, number> {
  return Object.fromEntries(cart.groups.flatMap((group) => group.items.map((item) => [item.variantId, item.quantity])));
}

describe('a cart over HTTP', () => {
  it('shows what was added, by store, with prices and what is left', async () => {
    const { me } = aCustomer();
    const [soap, oil] = [await aVariant(50, 1250), await aVariant(3, 2000)];
    await add(me, soap.variantId, 2);
    const { status, body, headers } = await add(me, oil.variantId, 3);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ itemCount: 5, subtotal: { amount: 8500, currency: 'USD' }, warnings: [], version: 2 });
    expect(body.data.groups.map((group) => group.store.id)).toEqual([soap.storeId, oil.storeId]);
    expect(body.data.groups[1]?.items[0]).toMatchObject({
      variantId: oil.variantId,
      productId: oil.productId,
      name: { en: 'Coffee cup' },
      unitPrice: { amount: 2000, currency: 'USD' },
      quantity: 3,
      lineTotal: { amount: 6000, currency: 'USD' },
      available: 3,
    });
    expect(body.data).not.toHaveProperty('token');
    expect(headers).toMatchObject({ etag: '"2"' });
  });

  it('costs four round trips to add to, and three to look at', async () => {
    const { me } = aCustomer();
    const { variantId } = await aVariant();
    await add(me, variantId, 1);
    await settle();
    expect((await roundTrips.during(() => add(me, variantId, 1))).commands).toHaveLength(4);
    expect((await roundTrips.during(() => cartOf(me))).commands).toHaveLength(3);
    expect((await roundTrips.during(() => add(aCustomer().me, variantId, 1))).commands).toHaveLength(4);
  });

  it('changes and removes items', async () => {
    const { me } = aCustomer();
    const [a, b] = [await aVariant(), await aVariant()];
    await add(me, a.variantId, 1);
    const { body } = await add(me, b.variantId, 2);
    const [first, second] = body.data.groups.flatMap((group) => group.items.map((item) => item.itemId));
    const changed = await one.call<CartResponse>(`/cart/items/${first}`, { method: 'PATCH', ...me, body: { quantity: 7 } });
    expect(piecesIn(changed.body.data)).toEqual({ [a.variantId]: 7, [b.variantId]: 2 });
    const zero = await one.call<CartResponse>(`/cart/items/${first}`, { method: 'PATCH', ...me, body: { quantity: 0 } });
    expect(piecesIn(zero.body.data)).toEqual({ [b.variantId]: 2 });
    const removed = await one.call<CartResponse>(`/cart/items/${second}`, { method: 'DELETE', ...me });
    expect(piecesIn(removed.body.data)).toEqual({});
    expect((await one.call(`/cart/items/${second}`, { method: 'DELETE', ...me })).body.error?.code).toBe('CART_ITEM_NOT_FOUND');
    await add(me, a.variantId, 1);
    expect(piecesIn((await one.call<CartResponse>('/cart', { method: 'DELETE', ...me })).body.data)).toEqual({});
    expect(piecesIn(await cartOf(me))).toEqual({});
  });

  it('refuses what cannot be bought, and says why', async () => {
    const { me } = aCustomer();
    const { variantId, productId, storeId, ownerId } = await aVariant(3);
    const short = await add(me, variantId, 4);
    expect([short.status, short.body.error?.code, short.body.error?.details]).toEqual([
      422,
      'INSUFFICIENT_STOCK',
      [{ field: `items.${variantId}`, message: 'Only 3 left.' }],
    ]);
    expect((await add(me, variantId, 100)).body.error?.code).toBe('QUANTITY_LIMIT');
    expect((await add(me, variantId, 0)).body.error?.code).toBe('QUANTITY_LIMIT');
    expect((await add(me, randomIds.next('var'), 1)).body.error?.code).toBe('VARIANT_NOT_FOUND');
    expect((await add(me, 'var_1', 1)).body.error?.code).toBe('VALIDATION_ERROR');
    const archived = await one.call(`/stores/${storeId}/products/${productId}/archive`, { method: 'POST', as: one.token('store_owner', ownerId) });
    expect(archived.status).toBe(200);
    expect((await add(me, variantId, 1)).body.error?.code).toBe('PRODUCT_NOT_AVAILABLE');
  });

  it('tells when stock has shrunk since', async () => {
    const { me } = aCustomer();
    const { variantId } = await aVariant(10);
    await add(me, variantId, 8);
    await one.app.get(Inventory, { strict: false }).hold(randomIds.next('pur'), [{ variantId, quantity: 5 }]);
    expect((await cartOf(me)).warnings).toMatchObject([{ code: 'INSUFFICIENT_STOCK', available: 5, variantId }]);
  });

  it('honours If-Match', async () => {
    const { me } = aCustomer();
    const { variantId } = await aVariant();
    await add(me, variantId, 1);
    const stale = { ...me, headers: { 'if-match': '"7"' }, method: 'POST' as const, body: { variantId, quantity: 1 } };
    expect((await one.call('/cart/items', stale)).status).toBe(412);
    expect((await one.call('/cart/items', { ...stale, headers: { 'if-match': '"1"' } })).status).toBe(200);
    expect((await one.call('/cart/items', { ...stale, ...aCustomer().me })).status).toBe(412);
  });

  it('takes what 20 requests of one buyer add at once', async () => {
    const { me } = aCustomer();
    const variants = await Promise.all([aVariant(90), aVariant(90)]);
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => add(me, variants[index % 2]?.variantId ?? '', 2, index % 3 ? one : two)));
    expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
    expect((await cartOf(me)).itemCount).toBe(40);
  });
});

describe("a guest's cart", () => {
  it('belongs to whoever has its token, which is not in the database', async () => {
    const first = await one.call<CartResponse>('/cart');
    const token = first.body.data.token ?? '';
    expect(first.headers['x-cart-token']).toBe(token);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(first.body.data.id).toBe(guestIdOf(token));
    const { variantId } = await aVariant();
    const me = { headers: { 'x-cart-token': token } };
    await add(me, variantId, 2);
    const again = await one.call<CartResponse>('/cart', me);
    expect(piecesIn(again.body.data)).toEqual({ [variantId]: 2 });
    expect(again.headers['x-cart-token']).toBe(token);
    expect(piecesIn(await cartOf((await aGuest()).me))).toEqual({});
    expect(await textOf(database.uri)).not.toContain(token);
  });

  it('gets a fresh token where the one that was sent cannot be one', async () => {
    const reply = await one.call<CartResponse>('/cart', { headers: { 'x-cart-token': 'mine' } });
    expect(reply.body.data.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is merged once when 20 requests in two processes carry both identities', async () => {
    const [a, b] = [await aVariant(50), await aVariant(4)];
    const guest = await aGuest();
    const { me, accountId } = aCustomer();
    await add(guest.me, a.variantId, 5);
    await add(guest.me, b.variantId, 3);
    await add(me, a.variantId, 2);
    await add(me, b.variantId, 2);
    const both = { ...me, ...guest.me };
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).call<CartResponse>('/cart', both)),
    );
    expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
    expect(piecesIn(await cartOf(me))).toEqual({ [a.variantId]: 7, [b.variantId]: 4 });
    expect(piecesIn(await cartOf(guest.me))).toEqual({});
    const snapshot = await one.app.get(Carts, { strict: false }).snapshotFor({ type: 'account', id: accountId });
    expect(snapshot.lines).toEqual(expect.arrayContaining([{ variantId: a.variantId, quantity: 7 }]));
  });

  it('is merged in one write together with what is added, and emptied by another', async () => {
    const [a, b] = [await aVariant(), await aVariant()];
    const guest = await aGuest();
    const { me } = aCustomer();
    await add(guest.me, a.variantId, 5);
    await settle();
    const { commands, result } = await roundTrips.during(() => add({ ...me, ...guest.me }, b.variantId, 1));
    expect(piecesIn(result.body.data)).toEqual({ [a.variantId]: 5, [b.variantId]: 1 });
    expect(result.body.data).not.toHaveProperty('token');
    expect(commands).toHaveLength(5);
  });

  it('is merged to the piece after a crash between the two writes, even when the guest has gone on', async () => {
    const { variantId } = await aVariant();
    const guest = await aGuest();
    const { me } = aCustomer();
    await add(guest.me, variantId, 5);
    const carts = one.connection.collection<{ _id: string }>('carts');
    const before = await carts.findOne({ _id: guestIdOf(guest.token) });
    await one.call('/cart', { ...me, ...guest.me });
    // The crash: the account's cart was written, the guest's was not.
    if (before) await carts.replaceOne({ _id: before._id }, before);
    await add(guest.me, variantId, 2);
    await Promise.all([one, two].map((market) => market.call('/cart', { ...me, ...guest.me })));
    expect(piecesIn(await cartOf(me))).toEqual({ [variantId]: 7 });
    expect(piecesIn(await cartOf(guest.me))).toEqual({});
  });
});

describe('what was bought', () => {
  async function aBoughtCart() {
    const [a, b] = [await aVariant(), await aVariant()];
    const { me, accountId } = aCustomer();
    await add(me, a.variantId, 3);
    await add(me, b.variantId, 1);
    const { cartId, version, lines } = await one.app.get(Carts, { strict: false }).snapshotFor({ type: 'account', id: accountId });
    const bought = { purchaseId: randomIds.next('pur'), cartId, version, lines };
    return { a, b, me, bought };
  }

  const drop = (market: Market) => market.app.get(DropPurchasedLines, { strict: false });

  it('leaves an unchanged cart in one write', async () => {
    const { me, bought } = await aBoughtCart();
    await settle();
    const { commands } = await roundTrips.during(() => drop(one).execute(bought));
    expect(commands).toEqual(['bulkWrite']);
    expect(piecesIn(await cartOf(me))).toEqual({});
  });

  it('leaves a changed cart to the piece, once, although two processes are told twice', async () => {
    const { a, b, me, bought } = await aBoughtCart();
    await add(me, a.variantId, 2);
    await Promise.all([one, two, one, two].map((market) => drop(market).execute(bought)));
    expect(piecesIn(await cartOf(me))).toEqual({ [a.variantId]: 2 });
    await add(me, b.variantId, 1);
    await drop(two).execute(bought);
    expect(piecesIn(await cartOf(me))).toEqual({ [a.variantId]: 2, [b.variantId]: 1 });
  });

  it('leaves an unchanged cart once as well, when the buyer begins anew', async () => {
    const { a, me, bought } = await aBoughtCart();
    await drop(one).execute(bought);
    await add(me, a.variantId, 3);
    await Promise.all([one, two].map((market) => drop(market).execute(bought)));
    expect(piecesIn(await cartOf(me))).toEqual({ [a.variantId]: 3 });
  });

  it('of a cart that is gone is nothing to do', async () => {
    await expect(drop(one).execute({ purchaseId: 'pur_x', cartId: 'cart_x', version: 1, lines: [] })).resolves.toBeUndefined();
  });
});

describe('an expired cart', () => {
  it('is empty before it is swept away, and gone afterwards', async () => {
    const { variantId } = await aVariant();
    const { me, accountId } = aCustomer();
    const other = aCustomer();
    await add(me, variantId, 2);
    await add(other.me, variantId, 1);
    const { id } = await cartOf(me);
    const carts = one.connection.collection<{ _id: string }>('carts');
    await carts.updateOne({ _id: id }, { $set: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await cartOf(me)).toMatchObject({ groups: [], itemCount: 0 });
    const snapshot = await one.app.get(Carts, { strict: false }).snapshotFor({ type: 'account', id: accountId });
    expect(snapshot.lines).toEqual([]);
    const plans = await plansOf(one.connection, () => one.app.get(ExpiredCarts, { strict: false }).removeBefore(new Date()));
    expect(plans.map((plan) => plan.stages)).toEqual([expect.arrayContaining(['IXSCAN'])]);
    expect(await carts.findOne({ _id: id })).toBeNull();
    expect((await cartOf(other.me)).itemCount).toBe(1);
  });

  it('that is changed begins anew', async () => {
    const [a, b] = [await aVariant(), await aVariant()];
    const { me } = aCustomer();
    await add(me, a.variantId, 2);
    const { id } = await cartOf(me);
    await one.connection.collection<{ _id: string }>('carts').updateOne({ _id: id }, { $set: { expiresAt: new Date(Date.now() - 1000) } });
    expect(piecesIn((await add(me, b.variantId, 1)).body.data)).toEqual({ [b.variantId]: 1 });
  });
});

it('nobody reaches the cart of somebody else by its id', async () => {
  const { variantId } = await aVariant();
  const { me } = aCustomer();
  const { body } = await add(me, variantId, 1);
  const itemId = body.data.groups[0]?.items[0]?.itemId ?? '';
  const stranger = await one.call(`/cart/items/${itemId}`, { method: 'DELETE', ...aCustomer().me });
  expect(stranger.body.error?.code).toBe('CART_ITEM_NOT_FOUND');
  expect((await cartOf(me)).itemCount).toBe(1);
});
