import { randomIds } from '@daraa/kernel';
import type { EventDefinition } from '@daraa/kernel';
import { BackInStock, StockLow, StockOut } from '@daraa/inventory/events';
import type { StockLevel } from '@daraa/inventory/events';
import { Dispatcher, Outbox, OutboxRelay, ParkedEvents, runInContext, storeToken } from '@daraa/platform';
import type { AggregateStore } from '@daraa/platform';
import { StoreSuspended } from '@daraa/stores/events';
import { freshDatabase } from '../../../../test/support/database.js';
import { Market, productInput } from '../../../../test/support/market.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import type { ProductCardView, ProductView, SellerProductView } from '../catalog.views.js';
import { listingOf } from '../domain/listing.js';
import type { Listing } from '../domain/listing.js';
import { Product } from '../domain/product.js';
import { Listings } from './listings.js';

const database = freshDatabase();
let market: Market;
let categoryId: string;

beforeAll(async () => {
  market = await Market.start(database.uri);
  categoryId = await market.category('Drinks');
});

afterEach(async () => {
  await market.app.get(Dispatcher).idle();
  expect(await market.app.get(ParkedEvents).count()).toBe(0);
});

afterAll(() => market.close());

const products = () => market.app.get<AggregateStore<Product>>(storeToken(Product), { strict: false });
const listings = () => market.connection.collection<Listing>('catalog_listings');
const run = async (step: 'suspend' | 'reinstate', storeId: string) => {
  const reply = await market.call(`/admin/stores/${storeId}/${step}`, { method: 'POST', as: market.token('admin'), body: {} });
  expect(reply.status).toBe(200);
};
const total = async (storeId: string) => (await market.call(`/products?store=${storeId}`)).body.pagination?.total;

/** Tells the handlers of this process what another context would. */
function tell<Payload extends object>(definition: EventDefinition<Payload>, payload: Payload): Promise<void> {
  const [event] = market.app.get(Outbox).sealOne(definition, randomIds.next('tst'), payload);
  if (!event) throw new Error(`Nobody listens to ${definition.type}.`);
  return market.app.get(Dispatcher).dispatch({ collection: 'told', event });
}

describe('the products of a store that is suspended', () => {
  it('vanish from lists, details and baskets, and come back when it is reinstated', async () => {
    const store = await market.approvedStore('Main Street');
    const product = await market.product(store.id, categoryId);
    const variantId = product.variants[0]?.id ?? '';
    const isSeen = async () => ({
      listed: await total(store.id),
      detail: (await market.call(`/products/${product.slug}`)).status,
      sellable: (await market.catalog.variants([variantId]))[0]?.sellable,
    });
    expect(await isSeen()).toEqual({ listed: 1, detail: 200, sellable: true });
    await run('suspend', store.id);
    await waitUntil(async () => JSON.stringify(await isSeen()) === JSON.stringify({ listed: 0, detail: 404, sellable: false }));
    await run('reinstate', store.id);
    await waitUntil(async () => JSON.stringify(await isSeen()) === JSON.stringify({ listed: 1, detail: 200, sellable: true }));
    await market.call(`/stores/${store.id}/close`, { method: 'POST', as: market.token('store_owner', store.ownerId), body: {} });
    await waitUntil(async () => (await total(store.id)) === 0);
  });

  it('vanish all, however many there are', async () => {
    const store = await market.approvedStore('Large');
    const template = await products().get((await market.product(store.id, categoryId)).id);
    const copies = Array.from({ length: 1100 }, (_each, index) => {
      const { state } = template.snapshot();
      const variants = state.variants.map((variant) => ({ ...variant, variantId: randomIds.next('var'), sku: `COPY-${index}` }));
      return { ...state, variants, slug: `copy-${index}`, _id: randomIds.next('prod'), version: 1 };
    });
    await market.connection.collection('products').insertMany(copies as never[]);
    await listings().insertMany(copies.map(({ _id, version, ...state }) => listingOf(_id, version, state)));
    await run('suspend', store.id);
    await waitUntil(async () => (await listings().countDocuments({ 'store.id': store.id, visible: true })) === 0, { within: 20_000 });
    expect(await market.connection.collection('products').countDocuments({ storeId: store.id, 'store.selling': true })).toBe(0);
  });

  it('carry the new name of their store', async () => {
    const store = await market.approvedStore('Old Name');
    const product = await market.product(store.id, categoryId);
    const as = market.token('store_owner', store.ownerId);
    await market.call(`/stores/${store.id}`, { method: 'PATCH', as, body: { name: { en: 'New Name' } } });
    await waitUntil(async () => {
      const { body } = await market.call<ProductCardView[]>(`/products?store=${store.id}`);
      const detail = await market.call<ProductView>(`/products/${product.id}`);
      return body.data[0]?.store.name.en === 'New Name' && detail.body.data.store.name.en === 'New Name';
    });
  });

  it('stay as they are when the event is told again', async () => {
    const store = await market.approvedStore('Told twice');
    const { id } = await market.product(store.id, categoryId);
    await run('suspend', store.id);
    await waitUntil(async () => (await total(store.id)) === 0);
    await market.app.get(Dispatcher).idle();
    const before = [await products().get(id), await listings().findOne({ _id: id })];
    await Promise.all([tell(StoreSuspended, { storeId: store.id }), tell(StoreSuspended, { storeId: store.id })]);
    expect([await products().get(id), await listings().findOne({ _id: id })]).toEqual(before);
  });

  it('are hidden even when one was being drafted while the store was suspended', async () => {
    const store = await market.approvedStore('Race');
    await run('suspend', store.id);
    await market.app.get(Dispatcher).idle();
    // As a process would that had read the store before it was suspended, and writes the product after all has been told.
    const product = await market.catalog.createProduct(store.id, productInput(categoryId));
    await market.app.get(Dispatcher).idle();
    await market.connection
      .collection('products')
      .updateOne({ _id: product.id as never }, { $set: { 'store.version': store.version, 'store.selling': true }, $inc: { version: 1 } });
    await market.catalog.publish(store.id, product.id);
    await waitUntil(async () => (await market.call(`/products/${product.slug}`)).status === 404 && (await total(store.id)) === 0);
  });
});

describe('whether a variant can be had', () => {
  const seen = async ({ id }: SellerProductView) => {
    const listed = (await market.call<ProductCardView[]>(`/products?limit=100&category=${categoryId}`)).body.data.find((card) => card.id === id);
    const detail = (await market.call<ProductView>(`/products/${id}`)).body.data;
    return [listed?.inStock, listed?.variants[0]?.inStock, detail.inStock, detail.variants[0]?.inStock];
  };
  const level = (product: SellerProductView, available: number, sequence: number): StockLevel => ({
    productId: product.id,
    variantId: product.variants[0]?.id ?? '',
    storeId: product.storeId,
    available,
    sequence,
  });
  const all = (inStock: boolean) => [inStock, inStock, inStock, inStock];

  it('follows inventory, in lists and in detail', async () => {
    const store = await market.approvedStore('Stocked');
    const product = await market.product(store.id, categoryId, { variants: [{ stock: 5 }] });
    expect(await seen(product)).toEqual(all(true));
    await tell(StockLow, level(product, 2, 1));
    expect(await seen(product)).toEqual(all(true));
    await tell(StockOut, level(product, 0, 2));
    expect(await seen(product)).toEqual(all(false));
    await tell(BackInStock, level(product, 8, 3));
    expect(await seen(product)).toEqual(all(true));
  });

  it('is not changed by what happened earlier but arrives later, nor by what is told twice', async () => {
    const store = await market.approvedStore('Late news');
    const product = await market.product(store.id, categoryId, { variants: [{ stock: 5 }] });
    await tell(StockOut, level(product, 0, 4));
    const before = await products().get(product.id);
    await tell(BackInStock, level(product, 9, 3));
    await tell(StockOut, level(product, 0, 4));
    expect(await seen(product)).toEqual(all(false));
    expect((await products().get(product.id)).version).toBe(before.version);
  });

  it('is known of each variant when all of them are told at once', async () => {
    const store = await market.approvedStore('Many');
    const product = await market.product(store.id, categoryId, { variants: Array.from({ length: 8 }, () => ({ stock: 1 })) });
    await Promise.all(product.variants.map(({ id }) => tell(StockOut, { ...level(product, 0, 1), variantId: id })));
    const detail = (await market.call<ProductView>(`/products/${product.id}`)).body.data;
    expect(detail.variants.map((variant) => variant.inStock)).toEqual(product.variants.map(() => false));
    expect(await listings().findOne({ _id: product.id })).toMatchObject({ inStock: false });
  });
});

describe('the projection that lists read', () => {
  it('ends at the newest version, whatever the order and however often it is written', async () => {
    const store = await market.approvedStore('Projected');
    const { id } = await market.catalog.createProduct(store.id, productInput(categoryId));
    await market.app.get(Dispatcher).idle();
    const { state } = (await products().get(id)).snapshot();
    const versions = [3, 7, 2, 6, 5, 4, 7, 3].map((version) => new Product({ id, version, state: { ...state, description: `Number ${version}` } }));
    await listings().deleteOne({ _id: id });
    await Promise.all(versions.map((version) => market.app.get(Listings, { strict: false }).project(version)));
    expect(await listings().findOne({ _id: id })).toMatchObject({ version: 7, search: { text: 'number 7' } });
    for (const version of versions) await market.app.get(Listings, { strict: false }).project(version);
    expect(await listings().findOne({ _id: id })).toMatchObject({ version: 7, search: { text: 'number 7' } });
  });

  it('is written by the relay when the process died between the product and its listing', async () => {
    const store = await market.approvedStore('Crashed');
    const request = { correlationId: 'crash', actor: { type: 'account' as const, id: store.ownerId }, afterReply: [] };
    const { id } = await runInContext(request, async () => {
      const draft = await market.catalog.createProduct(store.id, productInput(categoryId));
      return market.catalog.publish(store.id, draft.id);
    });
    await listings().deleteOne({ _id: id });
    expect(await total(store.id)).toBe(0);
    await market.app.get(OutboxRelay).run(-1000);
    expect(await total(store.id)).toBe(1);
  });
});
