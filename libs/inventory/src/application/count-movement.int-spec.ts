import { randomIds, SYSTEM, systemClock } from '@daraa/kernel';
import { VariantsAdded } from '@daraa/catalog/events';
import { OrderCancelled } from '@daraa/orders/events';
import { freshDatabase } from '../../../../test/support/database.js';
import { refusedWith, StockProcess } from '../../../../test/support/stock.js';
import { openingItem } from '../domain/stock-item.js';
import { initialId, returnId } from '../domain/stock-movement.js';
import type { StockMovement } from '../domain/stock-movement.js';
import { AdjustStock } from './adjust-stock.js';
import type { AdjustmentSize } from './adjust-stock.js';
import { CountMovement } from './count-movement.js';
import { StockItems } from './stock-items.js';
import { StockMovements } from './stock-movements.js';

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
  expect(await one.parked()).toBe(0);
});

afterAll(() => Promise.all([one.close(), two.close()]));

const storeId = randomIds.next('sto');
const processOf = (index: number) => (index % 2 === 0 ? one : two);

function adjust(process: StockProcess, variantId: string, size: AdjustmentSize, adjustmentId: string = randomIds.next('adj')) {
  const command = { adjustmentId, storeId, variantId, size, reason: 'stock take' };
  return process.app.get(AdjustStock, { strict: false }).execute(command);
}

/** The real movements, where something happens first when they are asked for the first time. */
class InterruptedMovements extends StockMovements {
  private interruption: (() => Promise<void>) | undefined;

  constructor(
    private readonly movements: StockMovements,
    interruption: () => Promise<void>,
  ) {
    super();
    this.interruption = interruption;
  }

  insert(movements: readonly StockMovement[]): Promise<boolean[]> {
    return this.movements.insert(movements);
  }

  async find(movementId: string): Promise<StockMovement | undefined> {
    const { interruption } = this;
    this.interruption = undefined;
    await interruption?.();
    return this.movements.find(movementId);
  }
}

/** Adjustments in whose first attempt something happens between the reading of the item and the write. */
function interruptedOnce(interruption: () => Promise<void>): AdjustStock {
  const movements = new InterruptedMovements(one.app.get(StockMovements, { strict: false }), interruption);
  return new AdjustStock(new CountMovement(one.app.get(StockItems, { strict: false }), movements), systemClock);
}

describe('an order that ends', () => {
  async function aSoldOrder(stock = 20, quantity = 4) {
    const variantId = await one.aVariant(stock, storeId);
    const purchaseId = randomIds.next('pur');
    await one.inventory.hold(purchaseId, [{ variantId, quantity }]);
    await one.inventory.commit(purchaseId, [{ variantId, quantity }]);
    const orderId = randomIds.next('ord');
    const event = { orderId, purchaseId, storeId, reason: 'changed my mind', restock: [{ variantId, quantity }] };
    const movement: StockMovement = {
      id: returnId(orderId, variantId),
      variantId,
      storeId,
      kind: 'return',
      quantity,
      location: 'main',
      reason: 'order cancelled',
      actor: SYSTEM,
      at: new Date(),
    };
    return { variantId, purchaseId, orderId, event, movement };
  }

  it('brings back what was sold to it once, although two processes are told twice', async () => {
    const orders = await Promise.all(Array.from({ length: 10 }, () => aSoldOrder()));
    const deliveries = orders.flatMap(({ event }) => [one, two, one, two].map((process) => process.deliver(OrderCancelled, event)));
    await Promise.all(deliveries);
    await Promise.all(orders.map(({ event }) => two.deliver(OrderCancelled, event)));
    for (const { variantId } of orders) expect(await one.countOf(variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
  });

  it('of many orders for one variant at once brings back each of them once', async () => {
    const variantId = await one.aVariant(100, storeId);
    const sold = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const purchaseId = randomIds.next('pur');
        await one.inventory.hold(purchaseId, [{ variantId, quantity: 2 }]);
        await one.inventory.commit(purchaseId, [{ variantId, quantity: 2 }]);
        return { orderId: randomIds.next('ord'), purchaseId, storeId, reason: 'late', restock: [{ variantId, quantity: 2 }] };
      }),
    );
    await Promise.all(sold.flatMap((event) => [one.deliver(OrderCancelled, event), two.deliver(OrderCancelled, event)]));
    expect(await one.countOf(variantId)).toEqual({ onHand: 100, reserved: 0, available: 100 });
  });

  it('is finished after a crash between counting the pieces and writing their movement', async () => {
    const { variantId, event, movement } = await aSoldOrder();
    const [item] = await one.app.get(StockItems, { strict: false }).findAll([variantId]);
    await one.app.get(StockItems, { strict: false }).apply(movement, { movementVersion: item?.movementVersion ?? -1 });
    expect(await one.movementsOf(variantId)).not.toHaveProperty(movement.id);
    expect(await one.violations()).toEqual([]);
    await Promise.all([one.deliver(OrderCancelled, event), two.deliver(OrderCancelled, event)]);
    expect(await one.countOf(variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
    expect(await one.movementsOf(variantId)).toMatchObject({ [movement.id]: 4 });
  });

  it('is finished after a crash between the movement and the end of its mark', async () => {
    const { variantId, event, movement } = await aSoldOrder();
    const [item] = await one.app.get(StockItems, { strict: false }).findAll([variantId]);
    await one.app.get(StockItems, { strict: false }).apply(movement, { movementVersion: item?.movementVersion ?? -1 });
    await one.app.get(StockMovements, { strict: false }).insert([movement]);
    await Promise.all([one.deliver(OrderCancelled, event), two.deliver(OrderCancelled, event)]);
    await Promise.all([one.settle(), two.settle()]);
    expect(await one.countOf(variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
    expect((await one.document(variantId)).pending).toEqual({});
  });

  it('is not counted in by somebody who has read the item before another process did it all', async () => {
    const { variantId, event, movement } = await aSoldOrder();
    const [stale] = await one.app.get(StockItems, { strict: false }).findAll([variantId]);
    await two.deliver(OrderCancelled, event);
    await two.settle();
    const late = await one.app.get(StockItems, { strict: false }).apply(movement, { movementVersion: stale?.movementVersion ?? -1 });
    expect(late).toBeUndefined();
    expect(await one.countOf(variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
  });

  it('before its sale was written down brings back exactly what the sale takes', async () => {
    const variantId = await one.aVariant(20, storeId);
    const purchaseId = randomIds.next('pur');
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(purchaseId, lines);
    await one.deliver(OrderCancelled, { orderId: randomIds.next('ord'), purchaseId, storeId, reason: 'at once', restock: lines });
    await two.inventory.commit(purchaseId, lines);
    expect(await one.countOf(variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
  });

  it('brings nothing back that was never sold for want of pieces', async () => {
    const variantId = await one.aVariant(1, storeId);
    const purchaseId = randomIds.next('pur');
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.commit(purchaseId, lines);
    await one.deliver(OrderCancelled, { orderId: randomIds.next('ord'), purchaseId, storeId, reason: 'shortage', restock: lines });
    expect(await one.countOf(variantId)).toEqual({ onHand: 1, reserved: 0, available: 1 });
  });
});

describe('an adjustment', () => {
  it('by a difference is counted in once, although 20 requests with one key run at once', async () => {
    const variantId = await one.aVariant(10, storeId);
    const adjustmentId = randomIds.next('adj');
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => adjust(processOf(index), variantId, { delta: 5 }, adjustmentId)),
    );
    expect(counts.every((count) => count.onHand === 15)).toBe(true);
    expect(await one.countOf(variantId)).toEqual({ onHand: 15, reserved: 0, available: 15 });
  });

  it('by differences from many people at once adds all of them up', async () => {
    const variantId = await one.aVariant(100, storeId);
    await Promise.all(Array.from({ length: 30 }, (_, index) => adjust(processOf(index), variantId, { delta: index % 2 === 0 ? 3 : -1 })));
    expect(await one.countOf(variantId)).toEqual({ onHand: 130, reserved: 0, available: 130 });
  });

  it('by counts from many people at once ends with the count of one of them', async () => {
    const variantId = await one.aVariant(100, storeId);
    const counts = Array.from({ length: 20 }, (_, index) => 50 + index);
    await Promise.all(counts.map((count, index) => adjust(processOf(index), variantId, { count })));
    expect(counts).toContain((await one.countOf(variantId)).onHand);
  });

  it('by a count racing with sales counts what is on hand at that moment, and no sale is lost', async () => {
    const variantId = await one.aVariant(100, storeId);
    const purchases = Array.from({ length: 20 }, () => randomIds.next('pur'));
    const sell = async (purchase: string) => {
      await two.inventory.hold(purchase, [{ variantId, quantity: 1 }]);
      await two.inventory.commit(purchase, [{ variantId, quantity: 1 }]);
    };
    await Promise.all([...purchases.map(sell), ...[60, 61, 62].map((count) => adjust(one, variantId, { count }))]);
    await Promise.all([one.settle(), two.settle()]);
    const movements = Object.entries(await one.movementsOf(variantId));
    expect(movements.filter(([id]) => id.startsWith('sale:'))).toHaveLength(20);
    expect((await one.countOf(variantId)).onHand).toBe(movements.reduce((sum, [, quantity]) => sum + quantity, 0));
  });

  it('never takes away what is reserved for buyers', async () => {
    const variantId = await one.aVariant(10, storeId);
    await one.inventory.hold(randomIds.next('pur'), [{ variantId, quantity: 7 }]);
    await expect(adjust(one, variantId, { delta: -4 })).rejects.toMatchObject({ code: 'STOCK_BELOW_RESERVED' });
    await expect(adjust(one, variantId, { count: 6 })).rejects.toMatchObject({ code: 'STOCK_BELOW_RESERVED' });
    expect(await adjust(one, variantId, { count: 7 })).toEqual({ onHand: 7, reserved: 7, available: 0 });
  });

  it('racing with buyers takes away only what they leave', async () => {
    const variantId = await one.aVariant(20, storeId);
    const refused = await Promise.all([
      ...Array.from({ length: 15 }, () => refusedWith('INSUFFICIENT_STOCK', two.inventory.hold(randomIds.next('pur'), [{ variantId, quantity: 1 }]))),
      ...Array.from({ length: 15 }, () => refusedWith('STOCK_BELOW_RESERVED', adjust(one, variantId, { delta: -1 }))),
    ]);
    expect(refused.filter((no) => !no)).toHaveLength(20);
    expect((await one.countOf(variantId)).available).toBe(0);
  });

  it('by a count counts anew when a piece is sold between its reading and its writing', async () => {
    const variantId = await one.aVariant(100, storeId);
    const purchase = randomIds.next('pur');
    await two.inventory.hold(purchase, [{ variantId, quantity: 1 }]);
    const interrupted = interruptedOnce(() => two.inventory.commit(purchase, [{ variantId, quantity: 1 }]));
    const command = { adjustmentId: randomIds.next('adj'), storeId, variantId, size: { count: 60 }, reason: 'stock take' };
    expect(await interrupted.execute(command)).toEqual({ onHand: 60, reserved: 0, available: 60 });
  });

  it('is refused when its pieces are reserved between its reading and its writing', async () => {
    const variantId = await one.aVariant(4, storeId);
    const interrupted = interruptedOnce(() => two.inventory.hold(randomIds.next('pur'), [{ variantId, quantity: 2 }]));
    const command = { adjustmentId: randomIds.next('adj'), storeId, variantId, size: { delta: -4 }, reason: 'damage' };
    await expect(interrupted.execute(command)).rejects.toMatchObject({ code: 'STOCK_BELOW_RESERVED' });
    expect(await one.countOf(variantId)).toEqual({ onHand: 4, reserved: 2, available: 2 });
  });

  it("of another store's variant, or of none, finds no variant", async () => {
    const foreign = await one.aVariant(10);
    await expect(adjust(one, foreign, { delta: 1 })).rejects.toMatchObject({ code: 'VARIANT_NOT_FOUND' });
    await expect(adjust(one, randomIds.next('var'), { delta: 1 })).rejects.toMatchObject({ code: 'VARIANT_NOT_FOUND' });
  });

  it('by a count that is what is there writes nothing', async () => {
    const variantId = await one.aVariant(10, storeId);
    await adjust(one, variantId, { count: 10 });
    expect(await one.movementsOf(variantId)).toEqual({ [initialId(variantId)]: 10 });
  });
});

describe('a new variant', () => {
  const added = (variantId: string, initialStock: number) => ({
    productId: randomIds.next('prod'),
    storeId,
    variants: [{ variantId, sku: 'SKU-NEW', initialStock }],
  });

  it('gets its first pieces once, although two processes are told twice', async () => {
    const variantId = randomIds.next('var');
    const event = added(variantId, 12);
    await Promise.all([one, two, one, two].map((process) => process.deliver(VariantsAdded, event)));
    await two.deliver(VariantsAdded, event);
    expect(await one.countOf(variantId)).toEqual({ onHand: 12, reserved: 0, available: 12 });
    expect(await one.movementsOf(variantId)).toEqual({ [initialId(variantId)]: 12 });
  });

  it('is not filled up again when it is told anew after sales', async () => {
    const variantId = randomIds.next('var');
    const event = added(variantId, 12);
    await one.deliver(VariantsAdded, event);
    const purchase = randomIds.next('pur');
    await one.inventory.hold(purchase, [{ variantId, quantity: 2 }]);
    await one.inventory.commit(purchase, [{ variantId, quantity: 2 }]);
    await two.deliver(VariantsAdded, event);
    expect((await one.countOf(variantId)).onHand).toBe(10);
  });

  it('is finished after a crash between its item and its movement', async () => {
    const variantId = randomIds.next('var');
    const event = added(variantId, 12);
    const draft = { variantId, productId: event.productId, storeId, sku: 'SKU-NEW' };
    const first: StockMovement = {
      id: initialId(variantId),
      variantId,
      storeId,
      kind: 'purchase',
      quantity: 12,
      location: 'main',
      reason: 'initial stock',
      actor: SYSTEM,
      at: new Date(),
    };
    await one.app.get(StockItems, { strict: false }).open([openingItem(draft, first)]);
    expect(await one.movementsOf(variantId)).toEqual({});
    expect(await one.violations()).toEqual([]);
    await Promise.all([one, two].map((process) => process.deliver(VariantsAdded, event)));
    await Promise.all([one.settle(), two.settle()]);
    expect(await one.movementsOf(variantId)).toEqual({ [initialId(variantId)]: 12 });
    expect((await one.document(variantId)).pending).toEqual({});
  });

  it('without pieces has an item and no movement', async () => {
    const variantId = randomIds.next('var');
    await one.deliver(VariantsAdded, added(variantId, 0));
    expect(await one.countOf(variantId)).toEqual({ onHand: 0, reserved: 0, available: 0 });
    expect(await one.movementsOf(variantId)).toEqual({});
  });
});
