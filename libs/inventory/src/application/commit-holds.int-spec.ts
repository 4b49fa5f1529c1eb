import { randomIds, SYSTEM } from '@daraa/kernel';
import { PurchaseConfirmed, PurchaseEnded } from '@daraa/checkout/events';
import { freshDatabase } from '../../../../test/support/database.js';
import { StockProcess } from '../../../../test/support/stock.js';
import { saleId } from '../domain/stock-movement.js';
import { AdjustStock } from './adjust-stock.js';
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

const aPurchase = () => randomIds.next('pur');
const itemsOf = (process: StockProcess) => process.app.get(StockItems, { strict: false });

function confirmed(purchaseId: string, lines: readonly { variantId: string; quantity: number }[]) {
  const bought = lines.map((line) => ({ ...line, storeId: 'sto_testing' }));
  return { purchaseId, orderIds: [], lines: bought, paymentId: 'pay_testing', paid: true };
}

describe('a sale', () => {
  it('is made once of each of 50 purchases whose confirmation two processes deliver twice at the same time', async () => {
    const variantId = await one.aVariant(50);
    const lines = [{ variantId, quantity: 1 }];
    const purchases = Array.from({ length: 50 }, aPurchase);
    await Promise.all(purchases.map((purchase) => one.inventory.hold(purchase, lines)));
    const deliver = () =>
      purchases.flatMap((purchase) => [one, two].map((process) => process.deliver(PurchaseConfirmed, confirmed(purchase, lines))));
    await Promise.all([...deliver(), ...deliver()]);
    await Promise.all(deliver());
    expect(await one.countOf(variantId)).toEqual({ onHand: 0, reserved: 0, available: 0 });
    const movements = await one.movementsOf(variantId);
    expect(Object.keys(movements).filter((id) => id.startsWith('sale:'))).toHaveLength(50);
    await Promise.all([one.settle(), two.settle()]);
    expect((await one.document(variantId)).holds).toEqual({});
  });

  it('takes two round trips, and one later, together with others, to tidy up', async () => {
    const variants = await Promise.all([100, 100].map((stock) => one.aVariant(stock)));
    const lines = variants.map((variantId) => ({ variantId, quantity: 3, storeId: 'sto_testing' }));
    const purchase = aPurchase();
    await one.inventory.hold(purchase, lines);
    await one.settle();
    const sale = await one.roundTrips.during(() => one.inventory.commit(purchase, lines));
    expect(sale.commands).toEqual(['bulkWrite', 'bulkWrite']);
    expect((await one.roundTrips.during(() => one.settle())).commands).toEqual(['bulkWrite']);
  });

  it('goes on after a crash between the taking and its movement, in whichever process', async () => {
    const variantId = await one.aVariant(10);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(purchase, lines);
    expect(await itemsOf(one).commit(purchase, lines, 'cmt_before_the_crash')).toEqual([true]);
    expect(await one.movementsOf(variantId)).not.toHaveProperty(saleId(purchase, variantId));
    // What is on its way counts as what it is.
    expect(await one.violations()).toEqual([]);
    await Promise.all([one, two].map((process) => process.inventory.commit(purchase, lines)));
    expect(await one.countOf(variantId)).toEqual({ onHand: 6, reserved: 0, available: 6 });
    expect(await one.movementsOf(variantId)).toMatchObject({ [saleId(purchase, variantId)]: -4 });
  });

  it('goes on after a crash between its movement and the end of the hold', async () => {
    const variantId = await one.aVariant(10);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(purchase, lines);
    await itemsOf(one).commit(purchase, lines, 'cmt_before_the_crash');
    const movement = {
      id: saleId(purchase, variantId),
      variantId,
      storeId: 'sto_testing',
      kind: 'sale' as const,
      quantity: -4,
      location: 'main',
      reason: 'sold',
      commitId: 'cmt_before_the_crash',
      actor: SYSTEM,
      at: new Date(),
    };
    await one.app.get(StockMovements, { strict: false }).insert([movement]);
    await Promise.all([one, two].map((process) => process.inventory.commit(purchase, lines)));
    await Promise.all([one.settle(), two.settle()]);
    expect((await two.document(variantId)).holds).toEqual({});
    expect(await two.countOf(variantId)).toEqual({ onHand: 6, reserved: 0, available: 6 });
  });

  it('is not made again where a belated checkout has held the pieces once more', async () => {
    const variantId = await one.aVariant(10);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(purchase, lines);
    await one.inventory.commit(purchase, lines);
    await one.settle();
    await two.inventory.hold(purchase, lines);
    expect(await one.countOf(variantId)).toEqual({ onHand: 6, reserved: 4, available: 2 });
    await Promise.all([one, two].map((process) => process.inventory.commit(purchase, lines)));
    expect(await one.countOf(variantId)).toEqual({ onHand: 6, reserved: 0, available: 6 });
    expect(await one.movementsOf(variantId)).toMatchObject({ [saleId(purchase, variantId)]: -4 });
  });

  it('is tidied up late without touching what its owner holds by then', async () => {
    const variantId = await one.aVariant(10);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(purchase, lines);
    itemsOf(two).forgetHold(purchase, variantId, 'cmt_of_long_ago');
    await two.settle();
    expect((await one.document(variantId)).holds).toHaveProperty(`${purchase}.state`, 'held');
  });

  it('whose hold is gone is made of what is left, once', async () => {
    const variantId = await one.aVariant(10);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await Promise.all([one, two, one, two].map((process) => process.deliver(PurchaseConfirmed, confirmed(purchase, lines))));
    expect(await one.countOf(variantId)).toEqual({ onHand: 6, reserved: 0, available: 6 });
    expect(await one.movementsOf(variantId)).toMatchObject({ [saleId(purchase, variantId)]: -4 });
  });

  it('whose hold is gone and that finds too few is told as a shortage, and not made when more comes in', async () => {
    const storeId = randomIds.next('sto');
    const variantId = await one.aVariant(3, storeId);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.deliver(PurchaseConfirmed, confirmed(purchase, lines));
    await one.settle();
    expect(one.listener.shortages).toContainEqual({ variantId, ownerId: purchase, quantity: 4 });
    const more = { adjustmentId: randomIds.next('adj'), storeId, variantId, size: { delta: 10 }, reason: 'purchase' };
    await one.app.get(AdjustStock, { strict: false }).execute(more);
    await two.deliver(PurchaseConfirmed, confirmed(purchase, lines));
    expect(await one.countOf(variantId)).toEqual({ onHand: 13, reserved: 0, available: 13 });
  });

  it('of the last pieces is no shortage when it is told again', async () => {
    const variantId = await one.aVariant(4);
    const purchase = aPurchase();
    const lines = [{ variantId, quantity: 4 }];
    await one.inventory.hold(purchase, lines);
    await one.inventory.commit(purchase, lines);
    await one.settle();
    const { commands } = await two.roundTrips.during(() => two.inventory.commit(purchase, lines));
    expect(commands.sort()).toEqual(['bulkWrite', 'find', 'find', 'find']);
    await two.settle();
    expect(two.listener.shortages.filter((shortage) => shortage.variantId === variantId)).toEqual([]);
  });

  it('and the release of the same purchase, delivered against each other, end in one of the two', async () => {
    const variantId = await one.aVariant(100);
    const lines = [{ variantId, quantity: 2 }];
    const purchases = Array.from({ length: 20 }, aPurchase);
    await Promise.all(purchases.map((purchase) => one.inventory.hold(purchase, lines)));
    await Promise.all(
      purchases.flatMap((purchase) => [
        one.deliver(PurchaseEnded, { purchaseId: purchase, orderIds: [], lines: confirmed(purchase, lines).lines, status: 'expired' }),
        two.deliver(PurchaseConfirmed, confirmed(purchase, lines)),
      ]),
    );
    // A confirmed purchase is served, whoever was first: from its hold, or from what is left.
    expect(await one.countOf(variantId)).toEqual({ onHand: 60, reserved: 0, available: 60 });
  });

  it('of more than is held is a defect and changes nothing', async () => {
    const variantId = await one.aVariant(10);
    const purchase = aPurchase();
    await one.inventory.hold(purchase, [{ variantId, quantity: 2 }]);
    await expect(one.inventory.commit(purchase, [{ variantId, quantity: 3 }])).rejects.toThrow('holds 2');
    expect(await one.countOf(variantId)).toEqual({ onHand: 10, reserved: 2, available: 8 });
  });
});
