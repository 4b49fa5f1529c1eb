import fc from 'fast-check';
import { Money } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';
import type { QuoteInput, QuoteLineInput } from './quote.js';
import { quoteOf } from './quote-of.js';

const usd = (amount: number): MoneyAmount => ({ amount, currency: 'USD' });

function aBasket(overrides: Partial<QuoteInput> = {}): QuoteInput {
  return {
    currency: 'USD',
    lines: [aLine()],
    destination: { country: 'US' },
    taxRules: [{ country: '*', taxClass: 'standard', basisPoints: 800 }],
    pricesIncludeTax: false,
    deliveryFee: usd(500),
    freeDeliveryFrom: usd(15_000),
    serviceFee: usd(99),
    tips: {},
    ...overrides,
  };
}

function aLine(overrides: Partial<QuoteLineInput> = {}): QuoteLineInput {
  return {
    variantId: 'var_1',
    storeId: 'sto_1',
    quantity: 2,
    unitPrice: usd(1999),
    taxClass: 'standard',
    requiresShipping: true,
    ...overrides,
  };
}

const baskets = fc
  .record({
    lines: fc.uniqueArray(
      fc.record({
        variantId: fc.nat(40).map((n) => `var_${n}`),
        storeId: fc.nat(4).map((n) => `sto_${n}`),
        quantity: fc.integer({ min: 1, max: 99 }),
        unitPrice: fc.nat(5_000_000).map(usd),
        taxClass: fc.constantFrom('standard', 'reduced', 'none'),
        requiresShipping: fc.boolean(),
      }),
      { selector: (line) => line.variantId, minLength: 1, maxLength: 12 },
    ),
    standard: fc.nat(3000),
    reduced: fc.nat(1500),
    pricesIncludeTax: fc.boolean(),
    fee: fc.nat(3000).map(usd),
    service: fc.nat(1000).map(usd),
    tip: fc.nat(2000).map(usd),
  })
  .map(({ lines, standard, reduced, pricesIncludeTax, fee, service, tip }) =>
    aBasket({
      lines,
      pricesIncludeTax,
      deliveryFee: fee,
      serviceFee: service,
      tips: { sto_0: tip },
      taxRules: [
        { country: '*', taxClass: 'standard', basisPoints: standard },
        { country: 'US', taxClass: 'reduced', basisPoints: reduced },
      ],
    }),
  );

describe('a quote', () => {
  it('adds tax on top of prices that do not include it', () => {
    const quote = quoteOf(aBasket());
    expect(quote.groups[0]?.lines[0]).toMatchObject({ itemsTotal: usd(3998), net: usd(3998), tax: usd(320), total: usd(4318) });
    expect(quote).toMatchObject({ deliveryFee: usd(500), serviceFee: usd(99), total: usd(4917), toPay: usd(4917) });
  });

  it('takes tax out of prices that include it, so that the buyer pays the price shown', () => {
    const quote = quoteOf(aBasket({ pricesIncludeTax: true }));
    expect(quote.groups[0]?.lines[0]).toMatchObject({ net: usd(3702), tax: usd(296), total: usd(3998) });
  });

  it('delivers free from the threshold on, and goods that need no shipping', () => {
    expect(quoteOf(aBasket({ lines: [aLine({ unitPrice: usd(7500) })] })).deliveryFee).toEqual(usd(0));
    expect(quoteOf(aBasket({ lines: [aLine({ unitPrice: usd(7499) })] })).deliveryFee).toEqual(usd(500));
    expect(quoteOf(aBasket({ lines: [aLine({ requiresShipping: false })] })).deliveryFee).toEqual(usd(0));
  });

  it('refuses a price in another currency', () => {
    expect(() => quoteOf(aBasket({ lines: [aLine({ unitPrice: { amount: 1, currency: 'JOD' } })] }))).toThrow('same currency');
  });

  it('refuses an empty basket', () => {
    expect(() => quoteOf(aBasket({ lines: [] }))).toThrow('nothing to buy');
  });

  it('adds up to the cent in every part, whatever the basket', () => {
    fc.assert(
      fc.property(baskets, (input) => {
        const quote = quoteOf(input);
        const total = (parts: MoneyAmount[]) => Money.sum(parts, 'USD').toJSON();
        for (const group of quote.groups) {
          for (const line of group.lines) {
            expect(line.total).toEqual(total([line.net, line.tax]));
            expect(Math.min(line.net.amount, line.tax.amount)).toBeGreaterThanOrEqual(0);
            if (input.pricesIncludeTax) expect(line.total).toEqual(line.itemsTotal);
          }
          expect(group.total).toEqual(total([group.net, group.tax, group.deliveryFee, group.tip]));
        }
        expect(total(quote.groups.map((group) => group.serviceFee))).toEqual(quote.serviceFee);
        expect(quote.total).toEqual(total([...quote.groups.map((group) => group.total), quote.serviceFee]));
        expect(quote.toPay).toEqual(quote.total);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order of the lines, and is the same every time', () => {
    fc.assert(
      fc.property(baskets, (input) => {
        const once = quoteOf(input);
        expect(quoteOf({ ...input, lines: [...input.lines].reverse() })).toEqual(once);
        expect(quoteOf(input)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});
