import { randomIds } from '@daraa/kernel';
import { freshDatabase } from '../../../../test/support/database.js';
import { refusedWith, StockProcess } from '../../../../test/support/stock.js';

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

const aPurchase = () => randomIds.next('pur');
const processOf = (index: number) => (index % 2 === 0 ? one : two);

describe('a hold', () => {
  it('of 200 buyers in two processes for 50 pieces is granted to exactly 50', async () => {
    const variantId = await one.aVariant(50);
    const refused = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        refusedWith('INSUFFICIENT_STOCK', processOf(index).inventory.hold(aPurchase(), [{ variantId, quantity: 1 }])),
      ),
    );
    expect(refused.filter(Boolean)).toHaveLength(150);
    expect(await one.countOf(variantId)).toEqual({ onHand: 50, reserved: 50, available: 0 });
  });

  it('of mixed carts with the same variant twice never sets aside more than there is, and leaves nothing of a refused cart', async () => {
    const [scarce, plenty, rare] = await Promise.all([one.aVariant(50), one.aVariant(10_000), one.aVariant(30)]);
    const carts = Array.from({ length: 120 }, (_, index) => {
      const pieces = (index % 3) + 1;
      const lines = [
        { variantId: scarce, quantity: pieces },
        { variantId: plenty, quantity: 2 },
        { variantId: plenty, quantity: 1 },
        { variantId: scarce, quantity: 1 },
        ...(index % 4 === 0 ? [{ variantId: rare, quantity: 1 }] : []),
      ];
      return { lines, pieces: pieces + 1 };
    });
    const refused = await Promise.all(
      carts.map((cart, index) => refusedWith('INSUFFICIENT_STOCK', processOf(index).inventory.hold(aPurchase(), cart.lines))),
    );
    const granted = carts.filter((_cart, index) => !refused[index]);
    const pieces = granted.reduce((sum, cart) => sum + cart.pieces, 0);
    expect(pieces).toBeLessThanOrEqual(50);
    expect(await one.countOf(scarce)).toEqual({ onHand: 50, reserved: pieces, available: 50 - pieces });
    expect((await one.countOf(plenty)).reserved).toBe(granted.length * 3);
    expect((await one.countOf(rare)).reserved).toBe(granted.filter((cart) => cart.lines.length === 5).length);
  });

  it('says which lines are short and how many are left of them', async () => {
    const [some, none, enough] = await Promise.all([one.aVariant(2), one.aVariant(0), one.aVariant(100)]);
    const lines = [some, none, enough].map((variantId) => ({ variantId, quantity: 3 }));
    const refusal = one.inventory.hold(aPurchase(), lines);
    await expect(refusal).rejects.toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      details: expect.arrayContaining([
        { field: `items.${some}`, message: 'Only 2 left.' },
        { field: `items.${none}`, message: 'This is sold out.' },
      ]),
      data: {
        shortages: expect.arrayContaining([
          { variantId: some, requested: 3, available: 2 },
          { variantId: none, requested: 3, available: 0 },
        ]),
      },
    });
    await expect(refusal).rejects.toHaveProperty('details.length', 2);
    expect(await one.countOf(enough)).toEqual({ onHand: 100, reserved: 0, available: 100 });
  });

  it('of a variant without stock is refused like one that is sold out', async () => {
    const unknown = randomIds.next('var');
    await expect(one.inventory.hold(aPurchase(), [{ variantId: unknown, quantity: 1 }])).rejects.toMatchObject({
      data: { shortages: [{ variantId: unknown, requested: 1, available: 0 }] },
    });
  });

  it('takes one round trip where plenty is there, however many lines it has', async () => {
    const variants = await Promise.all([100, 100, 100].map((stock) => one.aVariant(stock)));
    await one.settle();
    const lines = variants.map((variantId) => ({ variantId, quantity: 2 }));
    const { commands } = await one.roundTrips.during(() => one.inventory.hold(aPurchase(), lines));
    expect(commands).toEqual(['bulkWrite']);
  });

  it('may be repeated by the same owner, after a crash and at the same time, without holding twice', async () => {
    const [scarce, plenty] = await Promise.all([one.aVariant(3), one.aVariant(100)]);
    const owner = aPurchase();
    // The crash: only the first line was written.
    await one.inventory.hold(owner, [{ variantId: scarce, quantity: 3 }]);
    const lines = [scarce, plenty].map((variantId) => ({ variantId, quantity: 3 }));
    await Promise.all(Array.from({ length: 20 }, (_, index) => processOf(index).inventory.hold(owner, lines)));
    expect(await one.countOf(scarce)).toEqual({ onHand: 3, reserved: 3, available: 0 });
    expect(await one.countOf(plenty)).toEqual({ onHand: 100, reserved: 3, available: 97 });
  });

  it('that is refused leaves nothing of an earlier attempt of its owner', async () => {
    const [scarce, plenty] = await Promise.all([one.aVariant(2), one.aVariant(100)]);
    const owner = aPurchase();
    await one.inventory.hold(owner, [{ variantId: plenty, quantity: 1 }]);
    const lines = [{ variantId: plenty, quantity: 1 }, { variantId: scarce, quantity: 3 }];
    await expect(one.inventory.hold(owner, lines)).rejects.toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    expect(await one.countOf(plenty)).toEqual({ onHand: 100, reserved: 0, available: 100 });
  });

  it('of the very last pieces is granted, and everybody sees what is left', async () => {
    const variantId = await one.aVariant(7);
    await one.inventory.hold(aPurchase(), [{ variantId, quantity: 6 }]);
    expect((await two.inventory.availabilityOf([variantId])).get(variantId)).toEqual({ available: 1, inStock: true, lowStock: true });
    await one.inventory.hold(aPurchase(), [{ variantId, quantity: 1 }]);
    expect((await two.inventory.availabilityOf([variantId])).get(variantId)).toEqual({ available: 0, inStock: false, lowStock: false });
  });

  it('may go below zero only where the seller takes orders for goods to come', async () => {
    const variantId = await one.aVariant(1);
    await one.connection.collection<{ _id: string }>('stock_items').updateOne({ _id: variantId }, { $set: { backorder: true } });
    await one.inventory.hold(aPurchase(), [{ variantId, quantity: 5 }]);
    expect(await one.countOf(variantId)).toEqual({ onHand: 1, reserved: 5, available: -4 });
  });
});

describe('a release', () => {
  it('frees what is held once, however often and by however many it is asked for', async () => {
    const [scarce, plenty] = await Promise.all([one.aVariant(4), one.aVariant(100)]);
    const owner = aPurchase();
    const lines = [{ variantId: scarce, quantity: 4 }, { variantId: plenty, quantity: 9 }];
    await one.inventory.hold(owner, lines);
    await one.inventory.hold(aPurchase(), [{ variantId: plenty, quantity: 1 }]);
    await Promise.all(Array.from({ length: 10 }, (_, index) => processOf(index).inventory.release(owner, lines)));
    expect(await one.countOf(scarce)).toEqual({ onHand: 4, reserved: 0, available: 4 });
    expect(await one.countOf(plenty)).toEqual({ onHand: 100, reserved: 1, available: 99 });
  });

  it('gives nothing back that is sold', async () => {
    const variantId = await one.aVariant(10);
    const owner = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(owner, lines);
    await one.inventory.commit(owner, lines);
    await Promise.all([one.inventory.release(owner, lines), two.inventory.release(owner, lines)]);
    expect(await one.countOf(variantId)).toEqual({ onHand: 6, reserved: 0, available: 6 });
  });

  it('racing with holds of others for the same pieces loses and doubles nothing', async () => {
    const variantId = await one.aVariant(12);
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const owner = aPurchase();
        const process = processOf(index);
        if (await refusedWith('INSUFFICIENT_STOCK', process.inventory.hold(owner, [{ variantId, quantity: 2 }]))) return;
        await processOf(index + 1).inventory.release(owner, [{ variantId, quantity: 2 }]);
      }),
    );
    expect(await one.countOf(variantId)).toEqual({ onHand: 12, reserved: 0, available: 12 });
    expect((await one.document(variantId)).level).toBe('in_stock');
  });
});
