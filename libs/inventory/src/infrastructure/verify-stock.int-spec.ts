import { randomIds } from '@daraa/kernel';
import type { Violation } from '@daraa/kernel';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { StockProcess } from '../../../../test/support/stock.js';
import { verifyStock } from './verify-stock.js';

const database = freshDatabase();
let stock: StockProcess;

beforeAll(async () => {
  stock = await StockProcess.start(database.uri);
});

afterAll(() => stock.close());

const items = () => stock.connection.collection<{ _id: string }>('stock_items');
const movements = () => stock.connection.collection<{ _id: string; variantId: string; quantity: number }>('stock_movements');

/** 20 pieces, 3 of them sold and 4 held. */
async function aTradedVariant(): Promise<string> {
  const variantId = await stock.aVariant(20);
  const purchase = randomIds.next('pur');
  await stock.inventory.hold(purchase, [{ variantId, quantity: 3 }]);
  await stock.inventory.commit(purchase, [{ variantId, quantity: 3 }]);
  await stock.inventory.hold(randomIds.next('pur'), [{ variantId, quantity: 4 }]);
  await stock.settle();
  return variantId;
}

/** The real connection, where something happens first whenever movements are summed up. */
function interrupted(connection: Connection, interruption: () => Promise<void>): Connection {
  return new Proxy(connection, {
    get(target, key) {
      if (key !== 'collection') return Reflect.get(target, key) as unknown;
      return (name: string) => {
        const collection = target.collection(name);
        if (name !== 'stock_movements') return collection;
        return new Proxy(collection, {
          get(real, method) {
            if (method !== 'aggregate') return Reflect.get(real, method) as unknown;
            return (pipeline: Document[]) => {
              const cursor = real.aggregate(pipeline);
              const toArray = async () => {
                await interruption();
                return cursor.toArray();
              };
              return { toArray, [Symbol.asyncIterator]: () => cursor[Symbol.asyncIterator]() };
            };
          },
        });
      };
    },
  });
}

describe('the check of the stock', () => {
  it('finds nothing wrong with what was traded in order', async () => {
    await Promise.all(Array.from({ length: 5 }, aTradedVariant));
    expect(await stock.violations()).toEqual([]);
  });

  it.each([
    ['a piece that vanished', { $inc: { 'locations.main.onHand': -1, 'locations.main.available': -1, margin: -1 } }, ['onHand 16']],
    ['a reservation that nobody holds', { $inc: { 'locations.main.reserved': 1, 'locations.main.available': -1, margin: -1 } }, ['reserved 5']],
    ['an available count of its own', { $inc: { 'locations.main.available': 2, margin: 2 } }, ['available 15']],
    ['more reserved than on hand', { $set: { 'locations.main.reserved': 18, 'locations.main.available': -1, level: 'out', margin: 0 } }, ['reserved 18', 'reserved 18']],
    ['a level that does not fit', { $set: { level: 'low' } }, ['level low']],
    ['a margin that would let a crossing pass in silence', { $set: { margin: 13 } }, ['margin 13']],
    ['a hold that was wiped out', { $set: { holds: {} } }, ['reserved 4']],
  ])('names %s', async (_what, corruption, found) => {
    const variantId = await aTradedVariant();
    await items().updateOne({ _id: variantId }, corruption);
    const violations = await stock.violations();
    expect(violations.map(({ rule, document }) => [rule, document])).toEqual(found.map(() => [5, `stock_items/${variantId}`]));
    expect(violations.map((violation) => violation.found)).toEqual(found);
    await items().deleteOne({ _id: variantId });
    await movements().deleteMany({ variantId });
  });

  it('names a movement that was added, changed or lost', async () => {
    const [added, changed, lost] = await Promise.all([aTradedVariant(), aTradedVariant(), aTradedVariant()]);
    await movements().insertOne({ _id: 'adjustment:forged', variantId: added, quantity: 5 });
    await movements().updateOne({ variantId: changed, quantity: -3 }, { $set: { quantity: -2 } });
    await movements().deleteOne({ variantId: lost, quantity: -3 });
    const violations = await stock.violations();
    expect(new Map(violations.map(({ document, expected }) => [document, expected]))).toEqual(
      new Map([
        [`stock_items/${added}`, 'onHand 22, as its movements say'],
        [`stock_items/${changed}`, 'onHand 18, as its movements say'],
        [`stock_items/${lost}`, 'onHand 20, as its movements say'],
      ]),
    );
    await items().deleteMany({ _id: { $in: [added, changed, lost] } });
    await movements().deleteMany({ variantId: { $in: [added, changed, lost] } });
  });

  it('names movements of a variant that has no item', async () => {
    const variantId = await aTradedVariant();
    await items().deleteOne({ _id: variantId });
    expect(await stock.violations()).toEqual([
      { rule: 5, document: `stock_movements of ${variantId}`, expected: 'a stock item', found: '2 movements without one' },
    ]);
    await movements().deleteMany({ variantId });
  });

  it('accuses nobody whose pieces are sold between two of its reads', async () => {
    const variantId = await stock.aVariant(20);
    const purchase = randomIds.next('pur');
    await stock.inventory.hold(purchase, [{ variantId, quantity: 2 }]);
    let sales = 0;
    const sell = async () => {
      sales += 1;
      if (sales === 1) await stock.inventory.commit(purchase, [{ variantId, quantity: 2 }]);
    };
    const found: Violation[] = [];
    for await (const violation of verifyStock(interrupted(stock.connection, sell))) found.push(violation);
    expect(sales).toBeGreaterThan(1);
    expect(found).toEqual([]);
  });

  it('accuses nobody while the stock is traded', async () => {
    const variants = await Promise.all(Array.from({ length: 4 }, () => stock.aVariant(1_000_000)));
    let trading = true;
    const trade = async (): Promise<void> => {
      while (trading) {
        const purchase = randomIds.next('pur');
        const lines = variants.map((variantId) => ({ variantId, quantity: 1 }));
        await stock.inventory.hold(purchase, lines);
        if (purchase.endsWith('a') || purchase.endsWith('b')) await stock.inventory.release(purchase, lines);
        else await stock.inventory.commit(purchase, lines);
      }
    };
    const traders = Array.from({ length: 8 }, trade);
    for (let round = 0; round < 10; round += 1) expect(await stock.violations()).toEqual([]);
    trading = false;
    await Promise.all(traders);
    await stock.settle();
    expect(await stock.violations()).toEqual([]);
  });
});
