import { DomainError, Money } from '@daraa/kernel';
import type { Quote, QuoteGroup, QuoteInput, QuoteLine, QuoteLineInput } from './quote.js';
import { taxOf, taxRateFor } from './tax.js';

/**
 * Prices a basket: the same input gives the same cents, and every sum is the sum of its parts. Lines are rounded once each;
 * the service fee is split over the stores in proportion to their goods (largest remainder). Stores stand in the order of their
 * ids and lines in the order of their variants, so the order of the input makes no difference.
 * Throws `CURRENCY_MISMATCH` when a price is in another currency, and `CART_EMPTY` without lines.
 */
export function quoteOf(input: QuoteInput): Quote {
  if (input.lines.length === 0) throw new DomainError('CART_EMPTY');
  const { currency } = input;
  const parts = storesOf(input.lines).map((storeId) => groupWithoutService(storeId, input));
  const shares = serviceShares(parts, input);
  const groups = parts.map((part, index): QuoteGroup => ({ ...part, serviceFee: shares[index] ?? Money.zero(currency) }));
  const sum = (pick: (group: QuoteGroup) => { amount: number; currency: string }) => Money.sum(groups.map(pick), currency).toJSON();
  const total = Money.sum(groups.map((group) => group.total), currency).add(input.serviceFee);
  return plain({
    currency,
    groups,
    itemsTotal: sum((group) => group.itemsTotal),
    discount: sum((group) => group.discount),
    tax: sum((group) => group.tax),
    deliveryFee: sum((group) => group.deliveryFee),
    serviceFee: input.serviceFee,
    tip: sum((group) => group.tip),
    total,
    pointsValue: Money.zero(currency),
    walletApplied: Money.zero(currency),
    toPay: total,
  });
}

function storesOf(lines: readonly QuoteLineInput[]): string[] {
  return [...new Set(lines.map((line) => line.storeId))].sort();
}

function groupWithoutService(storeId: string, input: QuoteInput): Omit<QuoteGroup, 'serviceFee'> {
  const { currency } = input;
  const mine = input.lines.filter((line) => line.storeId === storeId);
  const lines = [...mine].sort((a, b) => (a.variantId < b.variantId ? -1 : 1)).map((line) => priceLine(line, input));
  const sum = (pick: (line: QuoteLine) => { amount: number; currency: string }) => Money.sum(lines.map(pick), currency);
  const itemsTotal = sum((line) => line.itemsTotal);
  const deliveryFee = deliveryFeeOf(mine, itemsTotal, input);
  const tip = Money.from(input.tips[storeId] ?? Money.zero(currency));
  return {
    storeId,
    lines,
    itemsTotal,
    discount: sum((line) => line.discount),
    net: sum((line) => line.net),
    tax: sum((line) => line.tax),
    taxIncluded: input.pricesIncludeTax,
    deliveryFee,
    tip,
    total: sum((line) => line.total).add(deliveryFee).add(tip),
  };
}

function priceLine(line: QuoteLineInput, input: QuoteInput): QuoteLine {
  const itemsTotal = Money.from(line.unitPrice).times(line.quantity);
  const taxBasisPoints = taxRateFor(input.taxRules, input.destination, line.taxClass);
  const { net, tax } = taxOf(itemsTotal, taxBasisPoints, input.pricesIncludeTax);
  return {
    variantId: line.variantId,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    itemsTotal,
    discount: Money.zero(input.currency),
    net,
    taxBasisPoints,
    tax,
    total: net.add(tax),
  };
}

function deliveryFeeOf(lines: readonly QuoteLineInput[], itemsTotal: Money, input: QuoteInput): Money {
  const nothingToShip = lines.every((line) => !line.requiresShipping);
  const free = nothingToShip || !itemsTotal.isLessThan(input.freeDeliveryFrom);
  return free ? Money.zero(input.currency) : Money.from(input.deliveryFee);
}

function serviceShares(groups: readonly Omit<QuoteGroup, 'serviceFee'>[], input: QuoteInput): Money[] {
  const weights = groups.map((group) => group.itemsTotal.amount);
  const someGoodsCost = weights.some((weight) => weight > 0);
  return Money.from(input.serviceFee).allocate(someGoodsCost ? weights : groups.map(() => 1));
}

/** Money objects become plain amounts, so that a quote can be stored, compared and sent as it is. */
function plain(quote: Quote): Quote {
  return JSON.parse(JSON.stringify(quote)) as Quote;
}
