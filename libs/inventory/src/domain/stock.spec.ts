import fc from 'fast-check';
import { SYSTEM } from '@daraa/kernel';
import { verdictOn } from './hold-verdict.js';
import { availabilityOf, canGive, openingItem, shortageOf } from './stock-item.js';
import type { StockItem } from './stock-item.js';
import { levelOf, marginOf } from './stock-level.js';
import { mergedLines } from './stock-lines.js';
import { initialId, kindOfAdjustment } from './stock-movement.js';

const variantIds = fc.constantFrom('var_a', 'var_b', 'var_c', 'var_d');
const lines = fc.array(fc.record({ variantId: variantIds, quantity: fc.integer({ min: 1, max: 99 }) }), { maxLength: 20 });

describe('lines that name a variant twice', () => {
  it('are merged into one, and not a piece is lost', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const merged = mergedLines(given);
        const ids = merged.map((line) => line.variantId);
        expect(ids).toEqual([...new Set(given.map((line) => line.variantId))].sort());
        for (const { variantId, quantity } of merged) {
          const asked = given.filter((line) => line.variantId === variantId);
          expect(quantity).toBe(asked.reduce((sum, line) => sum + line.quantity, 0));
        }
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN, Number.MAX_VALUE])('are refused when one asks for %s pieces', (quantity) => {
    expect(() => mergedLines([{ variantId: 'var_a', quantity }])).toThrow(RangeError);
  });
});

describe('a level', () => {
  it.each([
    [-3, 'out'],
    [0, 'out'],
    [1, 'low'],
    [5, 'low'],
    [6, 'in_stock'],
  ])('of %s pieces with a low mark of 5 is %s', (available, level) => {
    expect(levelOf(available, 5)).toBe(level);
  });

  it('stays as it is for exactly the takings that are smaller than the margin', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(60), fc.integer({ min: 1, max: 300 }), (available, mark, taken) => {
        const stays = levelOf(available - taken, mark) === levelOf(available, mark);
        expect(taken < marginOf(available, mark)).toBe(stays);
      }),
    );
  });

  it('leaves no margin when nothing is left', () => {
    fc.assert(fc.property(fc.integer({ min: -100, max: 0 }), fc.nat(60), (available, mark) => expect(marginOf(available, mark)).toBe(0)));
  });

  it('keeps the margin in step with takings that do not cross a mark', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(60), fc.integer({ min: 1, max: 300 }), (available, mark, taken) => {
        fc.pre(taken < marginOf(available, mark));
        expect(marginOf(available - taken, mark)).toBe(marginOf(available, mark) - taken);
      }),
    );
  });
});

function itemWith(onHand: number, reserved: number, extra: Partial<StockItem> = {}): StockItem {
  const item = openingItem({ variantId: 'var_a', productId: 'prod_a', storeId: 'sto_a', sku: 'A' }, undefined);
  return { ...item, locations: { main: { onHand, reserved, available: onHand - reserved } }, ...extra };
}

describe('what can be bought', () => {
  it('is what is on hand and not reserved', () => {
    expect(availabilityOf(itemWith(20, 8))).toEqual({ available: 12, inStock: true, lowStock: false });
    expect(availabilityOf(itemWith(20, 15))).toEqual({ available: 5, inStock: true, lowStock: true });
    expect(availabilityOf(itemWith(20, 20))).toEqual({ available: 0, inStock: false, lowStock: false });
  });

  it('is never out on backorder', () => {
    const item = itemWith(1, 4, { backorder: true });
    expect(availabilityOf(item)).toEqual({ available: 99, inStock: true, lowStock: false });
    expect(canGive(item, 50)).toBe(true);
  });

  it('is told to whoever asked for more as less than they asked for', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 99 }), (onHand, reserved, quantity) => {
        const { requested, available } = shortageOf({ variantId: 'var_a', quantity }, itemWith(onHand, reserved));
        expect(requested).toBe(quantity);
        expect(available).toBeLessThan(quantity);
        expect(available).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(shortageOf({ variantId: 'var_x', quantity: 1 }, undefined)).toEqual({ variantId: 'var_x', requested: 1, available: 0 });
  });
});

describe('a new item', () => {
  it('has its first pieces at hand and their movement pending', () => {
    const first = { id: initialId('var_a'), variantId: 'var_a', storeId: 'sto_a', kind: 'purchase' as const, quantity: 7, location: 'main', reason: 'x', actor: SYSTEM, at: new Date(0) };
    const item = openingItem({ variantId: 'var_a', productId: 'prod_a', storeId: 'sto_a', sku: 'A' }, first);
    expect(item).toMatchObject({ level: 'in_stock', margin: 2, locations: { main: { onHand: 7, reserved: 0, available: 7 } } });
    expect(item.pending).toEqual({ [initialId('var_a')]: first });
  });
});

describe('an old hold', () => {
  it.each([
    ['released', 'release'],
    ['absent', 'release'],
    ['committed', 'commit'],
    ['open', 'leave'],
    [undefined, 'leave'],
  ] as const)('whose owner is %s: %s', (state, verdict) => {
    expect(verdictOn(state)).toBe(verdict);
  });
});

describe('the kind of an adjustment', () => {
  it('is the reason where that names one, but never a sale', () => {
    expect(['damage', 'Return ', 'purchase', 'transfer', 'stock take', 'sale'].map(kindOfAdjustment)).toEqual([
      'damage',
      'return',
      'purchase',
      'transfer',
      'adjustment',
      'adjustment',
    ]);
  });
});
