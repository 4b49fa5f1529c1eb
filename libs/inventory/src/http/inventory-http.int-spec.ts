import { jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import { CatalogHttpModule } from '@daraa/catalog';
import { randomIds } from '@daraa/kernel';
import { createHttpApplication, MessagingModule, MongoModule } from '@daraa/platform';
import { StoresHttpModule } from '../../../../test/support/store-access.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { Market } from '../../../../test/support/market.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { Inventory } from '../inventory.facade.js';
import { InventoryHttpModule } from '../inventory.module.js';
import type { MovementResponse, StockCountResponse, StockResponse } from './inventory.response.js';

@Module({ imports: [MongoModule, MessagingModule, StoresHttpModule, CatalogHttpModule, InventoryHttpModule] })
class StockroomModule {}

jest.setTimeout(60_000);

const database = freshDatabase();
const ownerId = randomIds.next('acc');
let market: Market;
let inventory: Inventory;
let owner: string;
let storeId: string;
let categoryId: string;

beforeAll(async () => {
  const environment = { MONGODB_URI: database.uri, RATE_LIMIT: 'off' as const };
  const app = await createHttpApplication(StockroomModule, { environment, logger: false });
  await app.init();
  market = new Market(app);
  await Promise.all(Object.values(market.connection.models).map((model) => model.init()));
  inventory = app.get(Inventory, { strict: false });
  owner = market.token('store_owner', ownerId);
  storeId = (await market.approvedStore('Stockroom', ownerId)).id;
  categoryId = await market.category('Cups');
});

afterAll(() => market.close());

async function aVariant(stock: number, ofStore = storeId): Promise<string> {
  const product = await market.product(ofStore, categoryId, { variants: [{ stock }] });
  const variantId = product.variants[0]?.id ?? '';
  await waitUntil(async () => (await inventory.availabilityOf([variantId])).has(variantId), { describe: 'the stock item exists' });
  return variantId;
}

function adjust(variantId: string, body: object, headers: Record<string, string> = {}, as = owner) {
  return market.call<StockCountResponse>(`/stores/${storeId}/inventory/${variantId}/adjustments`, { method: 'POST', as, body, headers });
}

describe('the stock over HTTP', () => {
  it('tells everybody how much can be bought', async () => {
    const variantId = await aVariant(4);
    const reply = await market.call(`/inventory/${variantId}`);
    expect(reply.body.data).toEqual({ variantId, available: 4, inStock: true, lowStock: true });
    expect(reply.headers).toMatchObject({ 'cache-control': 'public, max-age=0', etag: expect.any(String) });
  });

  it('knows no variant that does not exist', async () => {
    for (const id of [randomIds.next('var'), '1', '$gt']) {
      expect((await market.call(`/inventory/${id}`)).body.error?.code).toBe('VARIANT_NOT_FOUND');
    }
  });

  it('is adjusted by its store, by a difference or a count', async () => {
    const variantId = await aVariant(10);
    await inventory.hold(randomIds.next('pur'), [{ variantId, quantity: 4 }]);
    const more = await adjust(variantId, { delta: 5, reason: 'purchase', note: 'Invoice 17' });
    expect([more.status, more.body.data]).toEqual([200, { variantId, onHand: 15, reserved: 4, available: 11 }]);
    const counted = await adjust(variantId, { count: 12, reason: 'stock take' });
    expect(counted.body.data).toEqual({ variantId, onHand: 12, reserved: 4, available: 8 });
    const refused = await adjust(variantId, { count: 3, reason: 'stock take' });
    expect([refused.status, refused.body.error?.code]).toEqual([422, 'STOCK_BELOW_RESERVED']);
    const list = await market.call<MovementResponse[]>(`/stores/${storeId}/inventory/${variantId}/movements`, { as: owner });
    expect(list.body.data.map(({ kind, quantity, reason, note }) => [kind, quantity, reason, note])).toEqual([
      ['adjustment', -3, 'stock take', null],
      ['purchase', 5, 'purchase', 'Invoice 17'],
      ['purchase', 10, 'initial stock', null],
    ]);
    expect(list.body.pagination).toMatchObject({ page: 1, total: 3 });
  });

  it('is adjusted once by requests with one Idempotency-Key', async () => {
    const variantId = await aVariant(10);
    const key = { 'idempotency-key': 'delivery-4711' };
    const replies = await Promise.all(Array.from({ length: 5 }, () => adjust(variantId, { delta: 5, reason: 'purchase' }, key)));
    expect(replies.map((reply) => reply.body.data?.onHand)).toEqual([15, 15, 15, 15, 15]);
    expect((await market.call(`/inventory/${variantId}`)).body.data).toMatchObject({ available: 15 });
  });

  it.each([
    ['both a difference and a count', { delta: 1, count: 5, reason: 'x' }],
    ['neither', { reason: 'x' }],
    ['a difference of nothing', { delta: 0, reason: 'x' }],
    ['a negative count', { count: -1, reason: 'x' }],
    ['a broken piece', { delta: 0.5, reason: 'x' }],
    ['no reason', { delta: 1 }],
    ['an operator', { delta: { $gt: 0 }, reason: 'x' }],
    ['a field it does not have', { delta: 1, reason: 'x', reserved: 0 }],
  ])('is not adjusted by %s', async (_what, body) => {
    const variantId = await aVariant(10);
    const reply = await adjust(variantId, body);
    expect([reply.status, reply.body.error?.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect((await market.call(`/inventory/${variantId}`)).body.data).toMatchObject({ available: 10 });
  });

  it('is adjusted and seen by nobody else', async () => {
    const variantId = await aVariant(10);
    const stranger = market.token('store_owner');
    expect((await adjust(variantId, { delta: 1, reason: 'x' }, {}, stranger)).body.error?.code).toBe('STORE_NOT_FOUND');
    expect((await market.call(`/stores/${storeId}/inventory`, { as: stranger })).body.error?.code).toBe('STORE_NOT_FOUND');
    const foreign = await aVariant(10, (await market.approvedStore('Another')).id);
    expect((await adjust(foreign, { delta: 1, reason: 'x' })).body.error?.code).toBe('VARIANT_NOT_FOUND');
    const movements = await market.call(`/stores/${storeId}/inventory/${foreign}/movements`, { as: owner });
    expect(movements.body.error?.code).toBe('VARIANT_NOT_FOUND');
  });

  it('is listed for its store, all or what runs out', async () => {
    const seller = randomIds.next('acc');
    const { id } = await market.approvedStore('Listed', seller);
    const [plenty, few, none] = [await aVariant(50, id), await aVariant(2, id), await aVariant(0, id)];
    const as = market.token('store_owner', seller);
    const all = await market.call<StockResponse[]>(`/stores/${id}/inventory?limit=2`, { as });
    expect(all.body.data.map((stock) => stock.variantId)).toEqual([plenty, few]);
    expect(all.body.data[0]).toMatchObject({ onHand: 50, reserved: 0, available: 50, level: 'in_stock', lowStockThreshold: 5 });
    expect(all.body.pagination).toMatchObject({ total: 3, totalPages: 2, hasNext: true });
    const low = await market.call<StockResponse[]>(`/stores/${id}/inventory?low=true`, { as });
    expect(low.body.data.map((stock) => [stock.variantId, stock.level])).toEqual([[few, 'low'], [none, 'out']]);
  });

  it('reaches the lists of products when it runs out and comes back', async () => {
    const variantId = await aVariant(3);
    const inStock = async () => {
      const { body } = await market.call<{ inStock: boolean; variants: { id: string }[] }[]>(`/products?store=${storeId}&limit=100`);
      return body.data.find((product) => product.variants.some((variant) => variant.id === variantId))?.inStock;
    };
    const purchase = randomIds.next('pur');
    await inventory.hold(purchase, [{ variantId, quantity: 3 }]);
    await waitUntil(async () => (await inStock()) === false, { describe: 'the list says sold out' });
    await inventory.release(purchase, [{ variantId, quantity: 3 }]);
    await waitUntil(async () => (await inStock()) === true, { describe: 'the list says in stock again' });
  });
});
