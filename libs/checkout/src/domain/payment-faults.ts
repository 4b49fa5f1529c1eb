import { Money, violationsOf } from '@daraa/kernel';
import type { MoneyAmount, Statement, Violation } from '@daraa/kernel';
import { costs } from './affair.js';
import type { Affair } from './affair.js';

interface Refund {
  readonly refundId: string;
  readonly reference: string;
  readonly amount: MoneyAmount;
  readonly status: string;
}

/** Rule 4 of `daraa verify`, between a purchase, its payment and its orders: what is asked for is taken, and given back. */
export function faultsOfPayment({ purchaseId, purchase, orders, payment }: Affair): Violation[] {
  if (!payment) return [];
  return violationsOf(4, `payments/${payment.id}`, () => {
    const asked = orders.flatMap(({ id, refunds }) => refunds.map((refund): Refund => ({ ...refund, reference: id })));
    return [
      costs(`amount, as ${purchaseId} asks`, Money.from(purchase.quote.toPay), payment.amount),
      [payment.payable.id === purchaseId, `a payment for ${purchaseId}`, `one for ${payment.payable.id}`],
      [payment.method === purchase.paymentMethod, `method ${purchase.paymentMethod}`, payment.method],
      ...asked.flatMap((refund) => statementsOfAsked(refund, payment.refunds)),
      ...payment.refunds.map((refund) => statementOfGiven(refund, asked)),
    ];
  });
}

function statementsOfAsked(asked: Refund, refunds: readonly Refund[]): Statement[] {
  const given = refunds.find(({ refundId }) => refundId === asked.refundId);
  return [
    [textOf(given) === textOf(asked), `refund ${asked.refundId} of ${textOf(asked)}, as its order says`, textOf(given)],
    [asked.status !== 'failed', `refund ${asked.refundId} made or under way`, 'refused by the provider'],
  ];
}

function statementOfGiven(given: Refund, asked: readonly Refund[]): Statement {
  const isAsked = asked.some(({ refundId }) => refundId === given.refundId);
  return [isAsked, `an order that asks for refund ${given.refundId}`, `${textOf(given)}, that nobody asked for`];
}

function textOf(refund: Refund | undefined): string {
  return refund === undefined ? 'none' : `${Money.from(refund.amount).toString()} for ${refund.reference}, ${refund.status}`;
}
