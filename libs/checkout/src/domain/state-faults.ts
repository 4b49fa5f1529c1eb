import { violationsOf } from '@daraa/kernel';
import type { Statement, Violation } from '@daraa/kernel';
import type { Affair } from './affair.js';

/** Rule 7 of `daraa verify`: the states of a purchase, its orders and its payment agree. */
export function faultsOfStates(affair: Affair): Violation[] {
  const { purchaseId, orders } = affair;
  return violationsOf(7, `purchases/${purchaseId}`, () => [
    ...orders.map((order): Statement => [order.purchaseId === purchaseId, `${order.id} of this purchase`, `one of ${order.purchaseId}`]),
    ...statementsOf(affair),
  ]);
}

function statementsOf(affair: Affair): Statement[] {
  switch (affair.purchase.status) {
    case 'confirmed':
    case 'closed':
      return confirmed(affair);
    case 'failed':
    case 'expired':
    case 'cancelled':
      return ended(affair);
    case 'reserving':
    case 'awaiting_payment':
    case 'closing':
      return open(affair);
  }
}

function confirmed({ purchase, orders, payment }: Affair): Statement[] {
  const { status, groups } = purchase;
  const promised = payment?.method === 'cash_on_delivery' && payment.status === 'pending';
  return [
    [orders.length === groups.length, `${groups.length} orders of a ${status} purchase`, `${orders.length} orders`],
    [isTaken(payment) || promised, `a payment that is taken or promised, ${status}`, statusOf(payment)],
    ...orders.map((order): Statement => [order.status !== 'awaiting_payment', `${order.id} placed, as its purchase`, order.status]),
    ...paidLikeThe(payment, orders),
  ];
}

function ended({ purchase, orders, payment }: Affair): Statement[] {
  const { status, paidLate = false } = purchase;
  const isOver = payment === undefined || payment.status === 'cancelled' || isTaken(payment);
  return [
    [isTaken(payment) === paidLate, paidLate ? 'a payment that came late' : `no money taken, ${status}`, statusOf(payment)],
    [isOver, `a payment that is cancelled, as its purchase is ${status}`, statusOf(payment)],
    ...orders.map((order): Statement => [order.status === 'cancelled', `${order.id} ended with its purchase`, order.status]),
    ...paidLikeThe(payment, orders),
  ];
}

function open({ purchase, orders, payment }: Affair): Statement[] {
  const { status } = purchase;
  return [
    [!isTaken(payment), `a payment that is not taken, ${status}`, statusOf(payment)],
    ...orders.map((order): Statement => [order.status === 'awaiting_payment', `${order.id} awaiting payment, ${status}`, order.status]),
  ];
}

function paidLikeThe(payment: Affair['payment'], orders: Affair['orders']): Statement[] {
  const word = (paid: boolean): string => (paid ? 'paid' : 'unpaid');
  const taken = isTaken(payment);
  return orders.map((order) => [order.paid === taken, `${order.id} ${word(taken)}, as its payment says`, word(order.paid)]);
}

function isTaken(payment: Affair['payment']): boolean {
  return payment?.status === 'captured' || payment?.status === 'authorised';
}

function statusOf(payment: Affair['payment']): string {
  return payment?.status ?? 'none';
}
