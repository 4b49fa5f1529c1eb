import fc from 'fast-check';
import { Money } from './money.js';

const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }).filter((list) => list.some((weight) => weight > 0));

describe('Money', () => {
  it('refuses fractions, infinities and unknown currencies', () => {
    expect(() => Money.of(1.5, 'USD')).toThrow('exactly');
    expect(() => Money.of(Number.NaN, 'USD')).toThrow('exactly');
    expect(() => Money.of(Number.MAX_SAFE_INTEGER + 1, 'USD')).toThrow('exactly');
    expect(() => Money.of(1, 'XXX')).toThrow('ISO 4217');
    expect(() => Money.of(1, 'toString')).toThrow('ISO 4217');
  });

  it('never mixes currencies', () => {
    expect(() => Money.of(1, 'USD').add(Money.of(1, 'JOD'))).toThrow('same currency');
  });

  it('shows the decimals of its currency', () => {
    expect(String(Money.of(2950, 'USD'))).toBe('29.50 USD');
    expect(String(Money.of(-5, 'JOD'))).toBe('-0.005 JOD');
    expect(String(Money.of(500, 'JPY'))).toBe('500 JPY');
  });

  it('splits so that the parts add up to the whole, none on the wrong side of zero', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, list) => {
        const parts = Money.of(amount, 'USD').allocate(list);
        expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(amount);
        expect(parts.every((part) => Math.sign(part.amount) * Math.sign(amount) >= 0)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('splits within one minor unit of the exact share', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (amount, list) => {
        const total = list.reduce((sum, weight) => sum + weight, 0);
        Money.of(amount, 'USD')
          .allocate(list)
          .forEach((part, index) => {
            expect(Math.abs(part.amount - (amount * (list[index] ?? 0)) / total)).toBeLessThan(1);
          });
      }),
    );
  });

  it('breaks ties by position', () => {
    expect(Money.of(5, 'USD').allocate([1, 1, 1]).map((part) => part.amount)).toEqual([2, 2, 1]);
    expect(Money.of(-5, 'USD').allocate([1, 1, 1]).map((part) => part.amount)).toEqual([-2, -2, -1]);
  });

  it('rounds portions half away from zero', () => {
    expect(Money.of(50, 'USD').portion(100).amount).toBe(1);
    expect(Money.of(-50, 'USD').portion(100).amount).toBe(-1);
    expect(Money.of(49, 'USD').portion(100).amount).toBe(0);
  });

  it('takes included tax out exactly: net and tax add up', () => {
    expect(Money.of(1080, 'USD').includedPortion(800).amount).toBe(80);
    expect(Money.of(Number.MAX_SAFE_INTEGER, 'USD').portion(10_000).amount).toBe(Number.MAX_SAFE_INTEGER);
  });
});
