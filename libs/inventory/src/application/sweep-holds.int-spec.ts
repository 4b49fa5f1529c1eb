import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import { getConnectionToken } from '@nestjs/mongoose';
import { FixedClock, randomIds, SYSTEM } from '@daraa/kernel';
import type { HoldOwners, HoldOwnerState } from '@daraa/kernel';
import { CLOCK, ConfigurationModule, MessagingModule, MongoModule } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { StockProcess } from '../../../../test/support/stock.js';
import { Inventory } from '../inventory.facade.js';
import { InventoryWorkerModule } from '../inventory.module.js';
import { returnId, saleId } from '../domain/stock-movement.js';
import { StockItems } from './stock-items.js';
import { SweepHolds } from './sweep-holds.js';

const database = freshDatabase();
const clock = new FixedClock(new Date());
let worker: TestingModule;
let stock: StockProcess;

/** Knows what has become of purchases, and who was asked about. */
class KnownOwners implements HoldOwners {
  readonly states = new Map<string, HoldOwnerState>();
  readonly asked: string[] = [];

  statesOf(ids: readonly string[]): Promise<ReadonlyMap<string, HoldOwnerState>> {
    this.asked.push(...ids);
    return Promise.resolve(new Map(ids.map((id) => [id, this.states.get(id) ?? 'absent'])));
  }
}

const owners = new KnownOwners();

beforeAll(async () => {
  const modules = [ConfigurationModule.forRoot({ MONGODB_URI: database.uri }), MongoModule, MessagingModule, InventoryWorkerModule];
  worker = await Test.createTestingModule({ imports: modules }).overrideProvider(CLOCK).useValue(clock).compile();
  await worker.init();
  worker.get(Inventory, { strict: false }).answerFor('pur', owners);
  stock = await StockProcess.start(database.uri);
  await Promise.all(Object.values(worker.get<Connection>(getConnectionToken()).models).map((model) => model.init()));
});

afterEach(async () => {
  await stock.settle();
  expect(await stock.violations()).toEqual([]);
});

afterAll(() => Promise.all([worker.close(), stock.close()]));

async function heldBy(state: HoldOwnerState, quantity = 3) {
  const variantId = await stock.aVariant(20);
  const purchase = randomIds.next('pur');
  owners.states.set(purchase, state);
  await stock.inventory.hold(purchase, [{ variantId, quantity }]);
  return { variantId, purchase };
}

async function sweepAfter(minutes: number): Promise<void> {
  clock.advance(minutes * 60_000);
  await worker.get(SweepHolds, { strict: false }).run();
}

describe('the sweep of holds', () => {
  it('releases what an ended or an absent purchase holds', async () => {
    const [ended, absent] = await Promise.all([heldBy('released'), heldBy('absent')]);
    await sweepAfter(11);
    expect(await stock.countOf(ended.variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
    expect(await stock.countOf(absent.variantId)).toEqual({ onHand: 20, reserved: 0, available: 20 });
  });

  it('leaves what a living purchase holds', async () => {
    const { variantId } = await heldBy('open');
    await sweepAfter(11);
    expect(await stock.countOf(variantId)).toEqual({ onHand: 20, reserved: 3, available: 17 });
  });

  it('does not even ask about young holds', async () => {
    clock.advance(Date.now() - clock.now().getTime());
    const { variantId, purchase } = await heldBy('released');
    await sweepAfter(5);
    expect(owners.asked).not.toContain(purchase);
    expect((await stock.countOf(variantId)).reserved).toBe(3);
  });

  it('sells what a confirmed purchase still holds, once', async () => {
    const { variantId, purchase } = await heldBy('committed');
    await sweepAfter(11);
    await sweepAfter(11);
    expect(await stock.countOf(variantId)).toEqual({ onHand: 17, reserved: 0, available: 17 });
    expect(await stock.movementsOf(variantId)).toMatchObject({ [saleId(purchase, variantId)]: -3 });
  });

  it('gives back what a confirmed purchase holds a second time', async () => {
    const { variantId, purchase } = await heldBy('committed');
    await stock.inventory.commit(purchase, [{ variantId, quantity: 3 }]);
    await stock.settle();
    await stock.inventory.hold(purchase, [{ variantId, quantity: 3 }]);
    await sweepAfter(11);
    expect(await stock.countOf(variantId)).toEqual({ onHand: 17, reserved: 0, available: 17 });
  });

  it('writes down the sale of a process that died after taking the pieces', async () => {
    const { variantId, purchase } = await heldBy('committed');
    await stock.app.get(StockItems, { strict: false }).commit(purchase, [{ variantId, quantity: 3 }], 'cmt_died');
    await sweepAfter(11);
    expect(await stock.movementsOf(variantId)).toMatchObject({ [saleId(purchase, variantId)]: -3 });
  });

  it('writes down movements that are counted in and still pending', async () => {
    const storeId = randomIds.next('sto');
    const variantId = await stock.aVariant(20, storeId);
    const id = returnId(randomIds.next('ord'), variantId);
    const movement = { id, variantId, storeId, kind: 'return' as const, quantity: 2, location: 'main', reason: 'x', actor: SYSTEM, at: new Date() };
    await stock.app.get(StockItems, { strict: false }).apply(movement, { movementVersion: 1 });
    await sweepAfter(2);
    expect(await stock.movementsOf(variantId)).toMatchObject({ [id]: 2 });
  });
});
