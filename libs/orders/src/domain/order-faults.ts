import { Money, violationsOf } from '@daraa/kernel';
import type { MoneyAmount, Statement, Violation } from '@daraa/kernel';
import type { OrderLine } from './order-line.js';
import type { OrderState } from './order.js';
import { orderStates } from './order-status.js';

/** Rule 3 of `daraa verify`: each order's parts add up, line by line, to the cent. */
export function faultsOfTotals(orderId: string, { lines, totals, commission }: OrderState): Violation[] {
  return violationsOf(3, `orders/${orderId}`, () => {
    const { currency } = totals.total;
    const sum = (pick: (line: OrderLine) => MoneyAmount): Money => Money.sum(lines.map(pick), currency);
    const parts = Money.sum([totals.net, totals.tax, totals.deliveryFee, totals.serviceFee, totals.tip], currency);
    return [
      ...lines.flatMap((line) => statementsOfLine(line, totals.taxIncluded)),
      same('itemsTotal, as its lines say', sum((line) => line.itemsTotal), totals.itemsTotal),
      same('discount, as its lines say', sum((line) => line.discount), totals.discount),
      same('net, as its lines say', sum((line) => line.net), totals.net),
      same('tax, as its lines say', sum((line) => line.tax), totals.tax),
      same('total, as its parts say', parts, totals.total),
      same('commission base, which is net', Money.from(totals.net), commission.base),
      same('commission, as its rate says', Money.from(commission.base).portion(commission.basisPoints), commission.amount),
      same('commission, as its lines say', sum((line) => line.commission), commission.amount),
    ];
  });
}

function statementsOfLine(line: OrderLine, taxIncluded: boolean): Statement[] {
  const goods = Money.from(line.itemsTotal).subtract(line.discount);
  return [
    same(`${line.itemId} itemsTotal, which is price × quantity`, Money.from(line.unitPrice).times(line.quantity), line.itemsTotal),
    same(`${line.itemId} total, which is net + tax`, Money.from(line.net).add(line.tax), line.total),
    same(`${line.itemId} ${taxIncluded ? 'total' : 'net'}, which is itemsTotal − discount`, goods, taxIncluded ? line.total : line.net),
  ];
}

function same(what: string, expected: Money, found: MoneyAmount): Statement {
  return [expected.equals(found), `${what}: ${expected.toString()}`, Money.from(found).toString()];
}

/** Rule 7 of `daraa verify`, as far as an order alone can tell: its way was possible, and what was paid for nothing goes back. */
export function faultsOfWay(orderId: string, order: OrderState): Violation[] {
  return violationsOf(7, `orders/${orderId}`, () => {
    const { status, timeline } = order;
    const first = timeline[0]?.status ?? 'none';
    const last = timeline.at(-1)?.status ?? 'none';
    return [
      [first === 'awaiting_payment', 'a timeline that begins with awaiting_payment', first],
      [last === status, `a timeline that ends with ${status}`, last],
      ...timeline.slice(1).flatMap((entry, index) => statementsOfStep(timeline[index], entry)),
      ...statementsOfRefunds(order),
    ];
  });
}

type Entry = OrderState['timeline'][number];

function statementsOfStep(before: Entry | undefined, { status, at }: Entry): Statement[] {
  if (!before) return [];
  const times = `${before.at.toISOString()}, then ${at.toISOString()}`;
  return [
    [orderStates.allows(before.status, status), `a step that ${before.status} allows`, `${before.status} → ${status}`],
    [at >= before.at, `a timeline that goes forward to ${status}`, times],
  ];
}

function statementsOfRefunds({ status, paid, refunds, totals }: OrderState): Statement[] {
  const { total } = totals;
  const given = Money.sum(refunds.filter((refund) => refund.status !== 'failed').map((refund) => refund.amount), total.currency);
  const owesAll = paid && (status === 'cancelled' || status === 'rejected');
  return [
    [!given.isMoreThan(total), `refunds of at most ${Money.from(total).toString()}`, given.toString()],
    [!owesAll || given.equals(total), `a refund of ${Money.from(total).toString()}, paid and ${status}`, given.toString()],
  ];
}
