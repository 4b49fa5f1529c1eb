import fc from 'fast-check';
import { commissionOf } from './commission.js';

const goods = fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 30 });
const currency = fc.constantFrom('USD', 'JOD', 'JPY');
const basisPoints = fc.integer({ min: 0, max: 10_000 });

const sumOf = (amounts: readonly { readonly amount: number }[]) => amounts.reduce((sum, each) => sum + each.amount, 0);

describe('commission', () => {
  it('of an order is what its lines bear together, to the last minor unit, and no line bears less than nothing', () => {
    fc.assert(
      fc.property(goods, currency, basisPoints, (amounts, code, rate) => {
        const lines = amounts.map((amount) => ({ amount, currency: code }));
        const base = { amount: sumOf(lines), currency: code };
        const commission = commissionOf(base, rate, lines);
        expect(sumOf(commission.shares)).toBe(commission.amount.amount);
        expect(commission.shares).toHaveLength(lines.length);
        expect(commission.shares.every((share) => share.amount >= 0 && share.currency === code)).toBe(true);
        expect(commission.amount.amount).toBeLessThanOrEqual(base.amount);
        expect(commission).toMatchObject({ basisPoints: rate, base });
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a line is within one minor unit of its own exact share, and never more than its goods', () => {
    fc.assert(
      fc.property(goods, basisPoints, (amounts, rate) => {
        const lines = amounts.map((amount) => ({ amount, currency: 'USD' }));
        const { amount, base, shares } = commissionOf({ amount: sumOf(lines), currency: 'USD' }, rate, lines);
        shares.forEach((share, index) => {
          const line = lines[index]?.amount ?? 0;
          if (base.amount > 0) expect(Math.abs(share.amount - (amount.amount * line) / base.amount)).toBeLessThan(1);
          expect(share.amount).toBeLessThanOrEqual(line);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [1005, 1000, 101],
    [1004, 1000, 100],
    [15, 1000, 2],
    [14, 1000, 1],
    [999, 0, 0],
    [999, 10_000, 999],
  ])('of %i at %i basis points is %i: halves are rounded away from zero', (base, rate, expected) => {
    const commission = commissionOf({ amount: base, currency: 'USD' }, rate, [{ amount: base, currency: 'USD' }]);
    expect(commission.amount).toEqual({ amount: expected, currency: 'USD' });
  });

  it('of goods that cost nothing is nothing for each of them', () => {
    const free = { amount: 0, currency: 'USD' };
    expect(commissionOf(free, 1500, [free, free])).toEqual({ basisPoints: 1500, base: free, amount: free, shares: [free, free] });
  });
});
