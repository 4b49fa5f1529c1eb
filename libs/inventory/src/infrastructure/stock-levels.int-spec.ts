import { randomIds, SYSTEM } from '@daraa/kernel';
import { OutboxRelay, runInContext } from '@daraa/platform';
import { freshDatabase } from '../../../../test/support/database.js';
import { StockProcess } from '../../../../test/support/stock.js';
import type { HeardLevel } from '../../../../test/support/stock.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { AdjustStock } from '../application/adjust-stock.js';
import { levelOf } from '../domain/stock-level.js';

const database = freshDatabase();
let one: StockProcess;
let two: StockProcess;

beforeAll(async () => {
  one = await StockProcess.start(database.uri);
  two = await StockProcess.start(database.uri);
});

afterEach(async () => {
  await Promise.all([one.settle(), two.settle()]);
  expect(await one.violations()).toEqual([]);
});

afterAll(() => Promise.all([one.close(), two.close()]));

const storeId = randomIds.next('sto');
const aPurchase = () => randomIds.next('pur');

async function hold(variantId: string, quantity: number, process = one): Promise<string> {
  const purchase = aPurchase();
  await process.inventory.hold(purchase, [{ variantId, quantity }]);
  return purchase;
}

/** What was told of a variant, in the order of its sequence. */
async function told(variantId: string): Promise<[HeardLevel['name'], number, number][]> {
  await Promise.all([one.settle(), two.settle()]);
  const heard = [...one.listener.levels, ...two.listener.levels].filter((level) => level.variantId === variantId);
  const bySequence = new Map(heard.map((level) => [level.sequence, level]));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence).map(({ name, available, sequence }) => [name, available, sequence]);
}

describe('stock that crosses a mark', () => {
  it('is told once for each crossing, with what is left and a growing sequence', async () => {
    const variantId = await one.aVariant(10, storeId);
    await hold(variantId, 3);
    const big = await hold(variantId, 3);
    await hold(variantId, 2);
    const last = await hold(variantId, 2);
    await one.inventory.release(last, [{ variantId, quantity: 2 }]);
    await one.inventory.release(big, [{ variantId, quantity: 3 }]);
    const adjustment = { adjustmentId: randomIds.next('adj'), storeId, variantId, size: { delta: 1 }, reason: 'purchase' };
    await one.app.get(AdjustStock, { strict: false }).execute(adjustment);
    expect(await told(variantId)).toEqual([
      ['low', 4, 1],
      ['out', 0, 2],
      ['low', 2, 3],
      ['back', 6, 4],
    ]);
  });

  it('says whose variant it is', async () => {
    const variantId = await one.aVariant(3, storeId);
    await hold(variantId, 3);
    await one.settle();
    const { productId } = one.listener.levels.find((level) => level.variantId === variantId) ?? {};
    expect(one.listener.levels).toContainEqual({ name: 'out', variantId, productId, storeId, available: 0, sequence: 1 });
    expect(productId).toMatch(/^prod_/);
  });

  it('in one step from plenty to nothing is told as nothing', async () => {
    const variantId = await one.aVariant(10, storeId);
    await hold(variantId, 10);
    expect(await told(variantId)).toEqual([['out', 0, 1]]);
  });

  it('without crossing anything is not told, and costs one round trip', async () => {
    const [plenty, few] = await Promise.all([one.aVariant(100, storeId), one.aVariant(5, storeId)]);
    await one.settle();
    const { commands } = await one.roundTrips.during(async () => {
      await hold(plenty, 94);
      await hold(few, 4);
    });
    expect(commands).toEqual(['bulkWrite', 'bulkWrite']);
    expect(await told(plenty)).toEqual([]);
    expect(await told(few)).toEqual([]);
  });

  it('by a sale is not told again: the pieces were gone with the hold', async () => {
    const variantId = await one.aVariant(6, storeId);
    const purchase = await hold(variantId, 6);
    await one.inventory.commit(purchase, [{ variantId, quantity: 6 }]);
    expect(await told(variantId)).toEqual([['out', 0, 1]]);
  });

  it('under many buyers in two processes is told without a gap, and the last word is what is true', async () => {
    const variantId = await one.aVariant(12, storeId);
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const process = index % 2 === 0 ? one : two;
        const purchase = aPurchase();
        const lines = [{ variantId, quantity: 1 + (index % 4) }];
        try {
          await process.inventory.hold(purchase, lines);
        } catch {
          return;
        }
        if (index % 3 !== 0) await process.inventory.release(purchase, lines);
      }),
    );
    const heard = await told(variantId);
    const item = await one.document(variantId);
    expect(heard.map(([, , sequence]) => sequence)).toEqual(Array.from({ length: item.levelSequence }, (_, index) => index + 1));
    const levels = { low: 'low', out: 'out', back: 'in_stock' } as const;
    for (const [name, available] of heard) expect(levelOf(available, 5)).toBe(levels[name]);
    const last = heard.at(-1)?.[0];
    expect(last === undefined ? 'in_stock' : levels[last]).toBe(item.level);
  });

  it('is told by the relay when the process that crossed it is gone', async () => {
    const variantId = await one.aVariant(3, storeId);
    // The process dies before it dispatches: nothing is left of it but the item, in which the event stands with the crossing itself.
    await runInContext({ correlationId: 'dying', actor: SYSTEM, afterReply: [] }, () => hold(variantId, 3));
    expect((await one.document(variantId)).outbox).toHaveLength(1);
    await two.app.get(OutboxRelay).run(0);
    await waitUntil(async () => (await one.document(variantId)).outbox.length === 0, { describe: 'the event is delivered' });
    expect(await told(variantId)).toEqual([['out', 0, 1]]);
  });
});
