import { randomIds } from '@daraa/kernel';
import { freshDatabase } from '../../../../test/support/database.js';
import { plansOf } from '../../../../test/support/query-plans.js';
import { StockProcess } from '../../../../test/support/stock.js';
import { StockItems } from '../application/stock-items.js';
import { StockMovements } from '../application/stock-movements.js';
import { StockQueries } from '../application/stock-queries.js';
import { initialId } from '../domain/stock-movement.js';

const database = freshDatabase();
const storeId = randomIds.next('sto');
let stock: StockProcess;
let variants: string[];

beforeAll(async () => {
  stock = await StockProcess.start(database.uri);
  const others = Array.from({ length: 60 }, () => stock.aVariant(10));
  variants = await Promise.all(Array.from({ length: 60 }, (_, index) => stock.aVariant(index % 10, storeId)));
  await Promise.all(others);
  await stock.settle();
  await stock.inventory.hold(randomIds.next('pur'), [{ variantId: variants[9] ?? '', quantity: 1 }]);
});

afterAll(() => stock.close());

describe('every query of the stock', () => {
  const queries = () => stock.app.get(StockQueries, { strict: false });
  const items = () => stock.app.get(StockItems, { strict: false });
  const page = { page: 1, limit: 20 };
  const QUERIES: Record<string, () => Promise<unknown>> = {
    'what can be bought': () => queries().availabilityOf(variants.slice(0, 20)),
    "a store's stock": () => queries().ofStore(storeId, page, false),
    "a store's stock that runs out": () => queries().ofStore(storeId, page, true),
    "a variant's movements": () => queries().movementsOf(storeId, variants[3] ?? '', page),
    'the items of a hold': () => items().findAll(variants.slice(0, 3)),
    'a movement': () => stock.app.get(StockMovements, { strict: false }).find(initialId(variants[1] ?? '')),
    'a hold near a mark': () => items().holdAcrossMark(randomIds.next('pur'), [{ variantId: variants[8] ?? '', quantity: 1 }], new Date()),
    'the sweep': async () => {
      for await (const item of items().unsettled()) expect(Object.keys({ ...item.holds, ...item.pending }).length).toBeGreaterThan(0);
    },
  };

  it.each(Object.keys(QUERIES))('uses an index and reads no more than it shows: %s', async (name) => {
    const plans = await plansOf(stock.connection, QUERIES[name] ?? (() => Promise.resolve()));
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan.stages).not.toContain('COLLSCAN');
      expect(plan.stages).not.toContain('SORT');
      expect(plan.documents).toBeLessThanOrEqual(Math.max(1, plan.returned));
    }
  });
});
