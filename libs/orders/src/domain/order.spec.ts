import fc from 'fast-check';
import type { Actor } from '@daraa/kernel';
import { customerMustBeAbleToCancel } from './cancellation-policy.js';
import { Order } from './order.js';
import type { OrderDraft } from './order.js';
import { ORDER_STATUSES, orderStates } from './order-status.js';
import type { OrderStatus } from './order-status.js';

const START = new Date('2026-03-01T10:00:00Z');
const BUYER: Actor = { type: 'account', id: 'acc_buyer' };
const usd = (amount: number) => ({ amount, currency: 'USD' });
const minutesLater = (minutes: number) => ({ actor: BUYER, at: new Date(START.getTime() + minutes * 60_000) });

const CUP = { variantId: 'var_cup', quantity: 2 };
const SOAP = { variantId: 'var_soap', quantity: 1 };

function line({ variantId, quantity }: typeof CUP, unitPrice: number) {
  const net = usd(unitPrice * quantity);
  const sold = { productId: 'prod_1', name: { en: 'Cup' }, slug: 'cup', sku: 'CUP-1', options: {}, image: null };
  const prices = { unitPrice: usd(unitPrice), itemsTotal: net, discount: usd(0), net, taxBasisPoints: 0, tax: usd(0), total: net };
  return { itemId: `itm_${variantId}`, variantId, quantity, ...sold, ...prices, commission: usd(0) };
}

function draft(total = 2500): OrderDraft {
  const none = usd(0);
  const totals = { itemsTotal: usd(total), discount: none, net: usd(total), tax: none, taxIncluded: false, deliveryFee: none };
  return {
    number: 'DRA-2026-000001-1',
    purchaseId: 'pur_1',
    paymentId: 'pay_1',
    paymentMethod: 'card',
    store: { id: 'store_1', name: { en: 'Petra' }, slug: 'petra' },
    buyer: BUYER,
    shippingAddress: { firstName: 'L', lastName: 'H', phone: '+962791234567', line1: '1', city: 'Amman', country: 'JO' },
    lines: [line(CUP, 1000), line(SOAP, 500)],
    totals: { ...totals, serviceFee: none, tip: none, total: usd(total) },
    commission: { basisPoints: 1000, base: usd(total), amount: usd(total / 10) },
    openedAt: START,
  };
}

const opened = (total?: number) => Order.open('ord_01kjmwdq00e6mb4csnkb2t94fz', draft(total), minutesLater(0));

function placed(paid = true): Order {
  const order = opened();
  order.place(paid, minutesLater(1));
  return order;
}

const cancelled = (paid = true) => {
  const order = placed(paid);
  order.cancelByCustomer('Ordered by mistake.', minutesLater(2));
  return order;
};

/** An order as it would be in a state that nothing here leads to yet. */
const inState = (status: OrderStatus, paid = true) =>
  new Order({ id: 'ord_1', version: 5, state: { ...opened().details, status, paid } });

const namesOf = (order: Order) => order.recordedEvents().map((event) => event.type.replace('orders.', ''));
const payloadOf = (order: Order, name: string) => order.recordedEvents().find((event) => event.type === `orders.${name}`)?.payload;
const identity = { orderId: 'ord_01kjmwdq00e6mb4csnkb2t94fz', purchaseId: 'pur_1', storeId: 'store_1' };

describe('an order', () => {
  it('is placed when its purchase is confirmed, once', () => {
    const order = placed();
    order.place(true, minutesLater(5));
    expect(order.details).toMatchObject({ status: 'placed', paid: true });
    expect(order.details.timeline.map(({ status, at }) => [status, at])).toEqual([
      ['awaiting_payment', START],
      ['placed', minutesLater(1).at],
    ]);
    expect(namesOf(order)).toEqual(['OrderPlaced']);
  });

  it('to be paid at the door is placed unpaid, and being paid later places it no second time', () => {
    const order = placed(false);
    expect(order.details.paid).toBe(false);
    order.place(true, minutesLater(2));
    expect(order.details).toMatchObject({ status: 'placed', paid: true });
    expect(namesOf(order)).toEqual(['OrderPlaced']);
  });

  it('once paid is not unpaid by a repeat that knows less', () => {
    const order = placed(true);
    order.place(false, minutesLater(2));
    expect(order.details.paid).toBe(true);
  });

  it('whose purchase ended unpaid is cancelled, takes nothing back into stock and owes nothing', () => {
    const order = opened();
    order.endUnpaid('The purchase was not paid in time.', minutesLater(30));
    order.endUnpaid('The purchase was cancelled before it was paid.', minutesLater(31));
    expect(order.details).toMatchObject({ status: 'cancelled', cancelReason: 'The purchase was not paid in time.', refunds: [] });
    expect(namesOf(order)).toEqual(['OrderCancelled']);
    expect(payloadOf(order, 'OrderCancelled')).toEqual({ ...identity, reason: 'The purchase was not paid in time.', restock: [] });
  });

  it('that is placed does not end unpaid', () => {
    const order = placed();
    order.endUnpaid('The purchase was not paid in time.', minutesLater(30));
    expect(order.status).toBe('placed');
  });

  it('belongs to its buyer alone: for others it does not exist', () => {
    expect(() => opened().mustBelongTo(BUYER)).not.toThrow();
    for (const other of [{ type: 'account', id: 'acc_other' }, { type: 'guest', id: 'acc_buyer' }] as const) {
      expect(() => opened().mustBelongTo(other)).toThrow(expect.objectContaining({ code: 'ORDER_NOT_FOUND' }));
    }
  });

  it('keeps a timeline that never goes back, whatever the clocks of its writers say', () => {
    const order = Order.open('ord_1', draft(), minutesLater(10));
    order.place(true, minutesLater(9));
    order.cancelByCustomer('Ordered by mistake.', minutesLater(11));
    expect(order.details.timeline.map(({ at }) => at)).toEqual([minutesLater(10).at, minutesLater(10).at, minutesLater(11).at]);
  });
});

describe('a cancellation by the customer', () => {
  it('of a paid order gives back all the money and all the stock, once', () => {
    const order = cancelled();
    order.cancelByCustomer('Again.', minutesLater(3));
    expect(order.details).toMatchObject({ status: 'cancelled', cancelReason: 'Ordered by mistake.' });
    expect(namesOf(order)).toEqual(['OrderPlaced', 'OrderCancelled', 'OrderRefundRequested']);
    expect(payloadOf(order, 'OrderCancelled')).toEqual({ ...identity, reason: 'Ordered by mistake.', restock: [CUP, SOAP] });
    expect(payloadOf(order, 'OrderRefundRequested')).toEqual({
      ...identity,
      refundId: order.details.refunds[0]?.refundId,
      paymentId: 'pay_1',
      amount: usd(2500),
      reason: 'Ordered by mistake.',
    });
    expect(order.details.refunds).toEqual([expect.objectContaining({ amount: usd(2500), status: 'requested' })]);
  });

  it('of an order to be paid at the door gives back the stock, and no money that never came', () => {
    const order = cancelled(false);
    expect(namesOf(order)).toEqual(['OrderPlaced', 'OrderCancelled']);
    expect(payloadOf(order, 'OrderCancelled')).toMatchObject({ restock: [CUP, SOAP] });
    expect(order.details.refunds).toEqual([]);
  });

  it('of an order that cost nothing owes nothing', () => {
    const order = opened(0);
    order.place(true, minutesLater(1));
    order.cancelByCustomer('Ordered by mistake.', minutesLater(2));
    expect(namesOf(order)).toEqual(['OrderPlaced', 'OrderCancelled']);
  });

  it.each(ORDER_STATUSES)('of an order that is %s is possible exactly until the store prepares it', (status) => {
    const order = inState(status);
    if (status === 'placed' || status === 'accepted') {
      order.cancelByCustomer('Ordered by mistake.', minutesLater(3));
      expect(order.status).toBe('cancelled');
    } else if (status === 'cancelled') {
      order.cancelByCustomer('Ordered by mistake.', minutesLater(3));
      expect(order.recordedEvents()).toEqual([]);
    } else {
      expect(() => order.cancelByCustomer('Late.', minutesLater(3))).toThrow(expect.objectContaining({ code: 'ORDER_CANNOT_CANCEL' }));
      expect(order.status).toBe(status);
      expect(order.recordedEvents()).toEqual([]);
    }
  });

  it('before the payment says what to do instead', () => {
    expect(() => customerMustBeAbleToCancel('awaiting_payment')).toThrow('POST /purchases/:id/cancel');
  });
});

describe('money that comes late', () => {
  it('for an order that had ended goes back, once', () => {
    const order = opened();
    order.endUnpaid('The purchase was not paid in time.', minutesLater(30));
    order.refundLatePayment(minutesLater(31));
    order.refundLatePayment(minutesLater(32));
    expect(order.details).toMatchObject({ status: 'cancelled', paid: true });
    expect(namesOf(order)).toEqual(['OrderCancelled', 'OrderRefundRequested']);
    expect(payloadOf(order, 'OrderRefundRequested')).toMatchObject({ amount: usd(2500), paymentId: 'pay_1' });
  });

  it('for an order that has not heard of its end yet ends it and goes back', () => {
    const order = opened();
    order.refundLatePayment(minutesLater(31));
    order.endUnpaid('The purchase was not paid in time.', minutesLater(32));
    expect(order.status).toBe('cancelled');
    expect(namesOf(order)).toEqual(['OrderCancelled', 'OrderRefundRequested']);
    expect(payloadOf(order, 'OrderCancelled')).toMatchObject({ restock: [] });
  });

  it.each(['cancelled', 'rejected'] as const)('for an order that was %s meanwhile goes back when it is told as placed', (status) => {
    const order = inState(status, false);
    order.place(true, minutesLater(5));
    order.place(true, minutesLater(6));
    expect(order.status).toBe(status);
    expect(namesOf(order)).toEqual(['OrderRefundRequested']);
  });

  it('does not go back from an order that lives', () => {
    const order = placed(false);
    order.refundLatePayment(minutesLater(5));
    expect(order.details).toMatchObject({ status: 'placed', paid: true, refunds: [] });
  });
});

describe('a refund of an order', () => {
  it('is settled once, by the first word on it', () => {
    const order = cancelled();
    const refundId = order.details.refunds[0]?.refundId ?? '';
    order.settleRefund('rfd_of_another', 'succeeded');
    expect(order.details.refunds[0]?.status).toBe('requested');
    order.settleRefund(refundId, 'succeeded');
    order.settleRefund(refundId, 'failed');
    expect(order.details.refunds).toEqual([{ refundId, amount: usd(2500), reason: 'Ordered by mistake.', status: 'succeeded' }]);
  });

  it('is asked for at most once, and exactly when the order is both paid and ended, whatever happens in whatever order', () => {
    const verbs: Readonly<Record<string, (order: Order) => void>> = {
      placePaid: (order) => order.place(true, minutesLater(1)),
      placeUnpaid: (order) => order.place(false, minutesLater(1)),
      end: (order) => order.endUnpaid('Expired.', minutesLater(2)),
      late: (order) => order.refundLatePayment(minutesLater(3)),
      cancel: (order) => order.cancelByCustomer('Mistake.', minutesLater(4)),
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(verbs)), { maxLength: 12 }), (happenings) => {
        const order = opened();
        for (const name of happenings) {
          try {
            verbs[name]?.(order);
          } catch (error) {
            expect(error).toMatchObject({ code: 'ORDER_CANNOT_CANCEL' });
          }
          const { status, paid, refunds } = order.details;
          expect(refunds).toHaveLength(paid && status === 'cancelled' ? 1 : 0);
          expect(namesOf(order).filter((event) => event === 'OrderRefundRequested')).toHaveLength(refunds.length);
          expect(namesOf(order).filter((event) => event === 'OrderCancelled')).toHaveLength(status === 'cancelled' ? 1 : 0);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the states of an order', () => {
  it('have four ends', () => {
    expect(ORDER_STATUSES.filter((status) => orderStates.isFinal(status))).toEqual(['completed', 'rejected', 'cancelled', 'returned']);
  });

  it('lead to the door one after the other, and can be cancelled until then', () => {
    const way = ['awaiting_payment', 'placed', 'accepted', 'preparing', 'ready', 'out_for_delivery', 'delivered', 'completed'] as const;
    way.slice(1).forEach((status, index) => expect(orderStates.allows(way[index] ?? 'completed', status)).toBe(true));
    expect(ORDER_STATUSES.filter((status) => orderStates.allows(status, 'cancelled'))).toEqual(way.slice(0, 6));
  });
});
