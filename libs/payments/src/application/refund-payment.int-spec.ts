import { EventEmitter2 } from '@nestjs/event-emitter';
import { isDomainError, randomIds } from '@daraa/kernel';
import { OrderRefundRequested } from '@daraa/orders/events';
import type { PaymentRequest } from '@daraa/payments';
import { RefundFailed, RefundSucceeded } from '@daraa/payments/events';
import { ParkedEvents, storeToken } from '@daraa/platform';
import type { AggregateStore } from '@daraa/platform';
import type Stripe from 'stripe';
import { aPayment, PaymentsHouse } from '../../../../test/support/payments.js';
import type { PaymentsProcess } from '../../../../test/support/payments.js';
import { Payment } from '../domain/payment.js';
import { PaymentProvider } from './payment-provider.js';
import { RefundPayment } from './refund-payment.js';
import type { RefundRequest } from './refund-payment.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ALL_TRIES = 3;

const house = new PaymentsHouse();
let one: PaymentsProcess;
let two: PaymentsProcess;

beforeAll(async () => {
  one = await house.start();
  two = await house.start();
});

afterEach(async () => {
  house.stripe.faults.clear();
  await house.settled();
});

const processOf = (index: number) => (index % 2 === 0 ? one : two);

const refund = (process: PaymentsProcess, request: RefundRequest) => process.app.get(RefundPayment, { strict: false }).execute(request);

/** Asks again while others win, as the delivery of an event does. */
async function refundPatiently(process: PaymentsProcess, request: RefundRequest): Promise<Payment> {
  try {
    return await refund(process, request);
  } catch (error) {
    if (!isDomainError(error, 'CONFLICT')) throw error;
    return refundPatiently(process, request);
  }
}

async function captured(): Promise<PaymentRequest> {
  const request = aPayment({ paymentMethodId: 'pm_card_visa' });
  await one.payments.open(request);
  return request;
}

function aRefund({ paymentId }: PaymentRequest, amount: number): RefundRequest {
  const reference = randomIds.next('wtx');
  return { refundId: randomIds.next('rfd'), paymentId, reference, amount: { amount, currency: 'USD' }, reason: 'Broken.' };
}

/** The refunds of a payment at the provider, newest first. */
async function refundsOf({ paymentId }: PaymentRequest): Promise<Stripe.Refund[]> {
  const [intent] = await house.intentsOf(paymentId);
  return (await house.sdk.refunds.list({ payment_intent: intent?.id ?? '', limit: 100 })).data;
}

const amountsOf = async (request: PaymentRequest) => (await refundsOf(request)).map((each) => each.amount);
const eventsOf = (definition: { readonly type: string }, { paymentId }: PaymentRequest) =>
  one.listener.count(definition, paymentId) + two.listener.count(definition, paymentId);

/** The refund as it is reserved before the provider is called. */
async function reserved(process: PaymentsProcess, { paymentId, ...request }: RefundRequest): Promise<Payment> {
  const store = process.app.get<AggregateStore<Payment>>(storeToken(Payment), { strict: false });
  const requestedAt = house.clock.now();
  return (await store.update(paymentId, (payment) => payment.requestRefund({ ...request, requestedAt }))).aggregate;
}

describe('a refund', () => {
  it('gives back what is asked, and says so once', async () => {
    const request = await captured();
    await refund(one, aRefund(request, 750));
    await house.settled();
    expect(await one.find(request.paymentId)).toMatchObject({ status: 'captured', refunded: { amount: 750, currency: 'USD' } });
    expect(await amountsOf(request)).toEqual([750]);
    expect(eventsOf(RefundSucceeded, request)).toBe(1);
  });

  it('asked for ten times at once in two processes, and once more, is given once', async () => {
    const request = await captured();
    const asked = aRefund(request, 150);
    await Promise.all(Array.from({ length: 10 }, (_, index) => refundPatiently(processOf(index), asked)));
    await refund(one, asked);
    await house.settled();
    expect(await amountsOf(request)).toEqual([150]);
    expect(eventsOf(RefundSucceeded, request)).toBe(1);
  });

  it('is one of twenty at once that together are twice the payment: what was paid goes back, and not a cent more', async () => {
    const request = await captured();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => refundPatiently(processOf(index), aRefund(request, 200))),
    );
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refusals).toHaveLength(10);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'REFUND_EXCEEDS_PAYMENT' });
    await house.settled();
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 2000 } });
    expect(await amountsOf(request)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(eventsOf(RefundSucceeded, request)).toBe(10);
  });

  it('of what nobody paid is refused', async () => {
    const request = aPayment({ method: 'cash_on_delivery' });
    await one.payments.open(request);
    await expect(refund(one, aRefund(request, 1))).rejects.toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  it('whose answer is lost stays reserved, and is found given by the sweep', async () => {
    const request = await captured();
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/refunds' } });
    await refund(one, aRefund(request, 900));
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 0 } });
    await expect(refund(one, aRefund(request, 1101))).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_PAYMENT' });
    house.clock.advance(MINUTE_MS + 1);
    await Promise.all([one.sweep(), two.sweep()]);
    await house.settled();
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 900 } });
    expect(await amountsOf(request)).toEqual([900]);
    expect(eventsOf(RefundSucceeded, request)).toBe(1);
  });

  it('that a crash left reserved is given by the sweep', async () => {
    const request = await captured();
    await reserved(one, aRefund(request, 300));
    house.clock.advance(MINUTE_MS + 1);
    await two.sweep();
    expect(await amountsOf(request)).toEqual([300]);
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 300 } });
  });

  it('that a crash left given, but not written down, is looked up a day later instead of given again', async () => {
    const request = await captured();
    const asked = aRefund(request, 300);
    const payment = await reserved(one, asked);
    const provider = one.app.get(PaymentProvider, { strict: false });
    await provider.refund({ ...asked, intentId: payment.details.intentId ?? '' });
    house.clock.advance(DAY_MS + MINUTE_MS);
    await two.sweep();
    await house.settled();
    expect(await amountsOf(request)).toEqual([300]);
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 300 } });
    expect(eventsOf(RefundSucceeded, request)).toBe(1);
  });

  it('that the provider refuses because it has been given already has succeeded', async () => {
    const request = await captured();
    const [intent] = await house.intentsOf(request.paymentId);
    const asked = aRefund(request, 2000);
    await house.sdk.refunds.create({ payment_intent: intent?.id ?? '', metadata: { refundId: asked.refundId } });
    await refund(one, asked);
    await house.settled();
    expect(await amountsOf(request)).toEqual([2000]);
    expect([eventsOf(RefundSucceeded, request), eventsOf(RefundFailed, request)]).toEqual([1, 0]);
  });

  it('that the provider refuses has failed, is told once, and leaves the rest to be refunded', async () => {
    const request = await captured();
    const [intent] = await house.intentsOf(request.paymentId);
    // Somebody gave money back at the provider itself, which our books do not know.
    await house.sdk.refunds.create({ payment_intent: intent?.id ?? '', amount: 1500 });
    const asked = aRefund(request, 1000);
    await refund(one, asked);
    await refund(two, asked);
    await house.settled();
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 0 } });
    expect([eventsOf(RefundSucceeded, request), eventsOf(RefundFailed, request)]).toEqual([0, 1]);
    await refund(one, aRefund(request, 500));
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 500 } });
  });
});

describe('a refund that an order asks for', () => {
  const ask = (process: PaymentsProcess, { refundId, paymentId, amount, reason }: RefundRequest) =>
    process.app.get(EventEmitter2).emitAsync(OrderRefundRequested.type, {
      event: { payload: { orderId: 'of_no_order', purchaseId: '', storeId: '', refundId, paymentId, amount, reason } },
      run: (_handler: string, work: () => Promise<void>) => work(),
    });

  it('is given once, however often and by however many processes it is heard', async () => {
    const request = await captured();
    const asked = aRefund(request, 2000);
    await Promise.all(Array.from({ length: 6 }, (_, index) => ask(processOf(index), asked)));
    expect(await amountsOf(request)).toEqual([2000]);
  });

  it('is left to the sweep while the provider is down, and nothing is parked', async () => {
    const request = await captured();
    house.stripe.faults.set({ status: { code: 500, times: ALL_TRIES, path: '/v1/refunds' } });
    await ask(one, aRefund(request, 2000));
    expect(await amountsOf(request)).toEqual([]);
    house.clock.advance(MINUTE_MS + 1);
    await one.sweep();
    expect(await amountsOf(request)).toEqual([2000]);
    await house.settled();
    expect(await one.app.get(ParkedEvents, { strict: false }).count()).toBe(0);
  });
});

describe('the sweep', () => {
  it('finds what is due by its index, however many payments there are', async () => {
    const due = one.connection.collection('payments').find({ checkAt: { $exists: true, $lte: new Date() } }).sort({ checkAt: 1 });
    expect(JSON.stringify(await due.explain())).toContain('"indexName":"checkAt_1"');
  });

  it('goes on with what it can do, whatever it cannot, and comes back to that later and later', async () => {
    const [stuck, fine] = [await captured(), await captured()];
    const collection = one.connection.collection<{ _id: string }>('payments');
    await reserved(one, aRefund(stuck, 100));
    const broken = { $unset: { intentId: '' }, $set: { 'refunds.0.requestedAt': new Date(0) } };
    await collection.updateOne({ _id: stuck.paymentId }, broken as never);
    await reserved(one, aRefund(fine, 100));
    house.clock.advance(MINUTE_MS + 1);
    await one.sweep();
    expect(await one.find(fine.paymentId)).toMatchObject({ refunded: { amount: 100 } });
    const document = await collection.findOne({ _id: stuck.paymentId });
    expect(document).toMatchObject({ checkAt: new Date(house.clock.now().getTime() + 60 * MINUTE_MS) });
  });

  it('stops between payments when its process stops', async () => {
    const request = await captured();
    await reserved(one, aRefund(request, 100));
    house.clock.advance(MINUTE_MS + 1);
    await one.sweep(AbortSignal.abort());
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 0 } });
    await one.sweep();
    expect(await one.find(request.paymentId)).toMatchObject({ refunded: { amount: 100 } });
  });
});
