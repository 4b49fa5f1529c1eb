import { Money, violationsOf } from '@daraa/kernel';
import type { MoneyAmount, Statement, Violation } from '@daraa/kernel';
import type { Quote, QuoteGroup } from '@daraa/pricing';
import { costs } from './affair.js';
import type { Affair } from './affair.js';

/** Rule 3 of `daraa verify`: a purchase costs what its orders cost, and its quote follows from what was frozen with it. */
export function faultsOfCost({ purchaseId, purchase, orders }: Omit<Affair, 'payment'>, computeAgain: () => Quote): Violation[] {
  return violationsOf(3, `purchases/${purchaseId}`, () => {
    const { quote, groups } = purchase;
    const { currency, total, serviceFee, toPay, pointsValue, walletApplied } = quote;
    const parts = Money.sum([...quote.groups.map((group) => group.total), serviceFee], currency);
    const ordered = Money.sum(orders.map((order) => order.total), currency);
    return [
      costs('total, as its groups and the service fee say', parts, total),
      costs('total, as toPay, points and wallet say', Money.sum([toPay, pointsValue, walletApplied], currency), total),
      costs('service fee, as its shares say', Money.sum(quote.groups.map((group) => group.serviceFee), currency), serviceFee),
      ...statementsOfCents(computeAgain(), quote),
      ...groups.flatMap((group, index) => statementsOfOrder(group, quote.groups[index], orders)),
      // A checkout that was interrupted has not opened all of its orders.
      ...(orders.length === groups.length ? [costs('total, as its orders say', ordered, total)] : []),
    ];
  });
}

function statementsOfCents(expected: Quote, found: Quote): Statement[] {
  const computed = centsOf(expected);
  const stored = new Map(centsOf(found));
  return [
    [computed.length === stored.size, `a quote of ${computed.length} amounts, computed again`, `${stored.size} amounts`],
    ...computed.map(([name, amount]): Statement => {
      const kept = stored.get(name);
      return [kept === amount, `${name} ${amount}, computed again`, `${name} ${kept ?? 'absent'}`];
    }),
  ];
}

/** Every amount of a quote in minor units, by name. */
function centsOf({ groups, total, itemsTotal, discount, tax, deliveryFee, serviceFee, tip, toPay }: Quote): [string, number][] {
  return [
    ...amounts('the quote', { total, itemsTotal, discount, tax, deliveryFee, serviceFee, tip, toPay }),
    ...groups.flatMap(centsOfGroup),
  ];
}

function centsOfGroup({ storeId, lines, total, tax, deliveryFee, serviceFee, tip }: QuoteGroup): [string, number][] {
  return [
    ...amounts(storeId, { total, tax, deliveryFee, serviceFee, tip }),
    ...lines.flatMap((line) => amounts(line.variantId, { unitPrice: line.unitPrice, net: line.net, tax: line.tax, total: line.total })),
  ];
}

function amounts(of: string, named: Readonly<Record<string, MoneyAmount>>): [string, number][] {
  return Object.entries(named).map(([name, { amount }]) => [`${name} of ${of}`, amount]);
}

function statementsOfOrder(
  { store, orderId }: Affair['purchase']['groups'][number],
  priced: QuoteGroup | undefined,
  orders: Affair['orders'],
): Statement[] {
  if (priced?.storeId !== store.id) return [[false, `a quote for ${store.id}`, priced?.storeId ?? 'none']];
  const order = orders.find(({ id }) => id === orderId);
  return order ? [costs(`total of ${orderId}, as the purchase says`, Money.from(priced.total).add(priced.serviceFee), order.total)] : [];
}
