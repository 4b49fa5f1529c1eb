import { randomUUID } from 'node:crypto';
import { randomIds } from '@daraa/kernel';
import { PaymentCancelled, PaymentCaptured, PaymentFailed } from '@daraa/payments/events';
import { ParkedEvents } from '@daraa/platform';
import { aPayment, PaymentsHouse } from '../../../../test/support/payments.js';
import type { PaymentsProcess } from '../../../../test/support/payments.js';
import { waitUntil } from '../../../../test/support/wait-until.js';

const SECOND_MS = 1000;
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

const newEvent = () => `evt_${randomUUID().replaceAll('-', '')}`;
const storedCount = () => one.connection.collection('webhook_events').countDocuments();
const eventsOf = (definition: { readonly type: string }, paymentId?: string) =>
  one.listener.count(definition, paymentId) + two.listener.count(definition, paymentId);

function anEvent(type: string, object: object, id = newEvent()): string {
  return JSON.stringify({ id, object: 'event', type, api_version: '2026-10-28.endive', created: 1, data: { object } });
}

const succeededIntent = (paymentId: string, intentId = 'pi_1') => ({ id: intentId, object: 'payment_intent', metadata: { paymentId } });

async function post(process: PaymentsProcess, body: string, signature: string | undefined): Promise<{ status: number; body: string }> {
  const reply = await process.app.inject({
    method: 'POST',
    url: '/api/v1/webhooks/stripe',
    payload: body,
    headers: { 'content-type': 'application/json; charset=utf-8', ...(signature === undefined ? {} : { 'stripe-signature': signature }) },
  });
  return { status: reply.statusCode, body: reply.body };
}

const send = (process: PaymentsProcess, body: string) => post(process, body, house.signatureOf(body));

/** A payment that the provider has captured and nobody here knows of yet; and the event that would tell. */
async function capturedUnheard(): Promise<{ paymentId: string; body: string }> {
  const { paymentId, ...request } = aPayment();
  const opened = await one.payments.open({ ...request, paymentId });
  const intentId = opened.clientSecret?.split('_secret_')[0] ?? '';
  await house.sdk.paymentIntents.confirm(intentId, { payment_method: 'pm_card_visa' });
  return { paymentId, body: anEvent('payment_intent.succeeded', succeededIntent(paymentId, intentId)) };
}

describe('a webhook', () => {
  it('with a good signature is stored, answered and has its effect', async () => {
    house.stripe.faults.set({ webhooks: { drop: true } });
    const { paymentId, body } = await capturedUnheard();
    expect(await send(one, body)).toEqual({ status: 200, body: '{"received":true}' });
    await waitUntil(async () => (await one.find(paymentId)).status === 'captured');
  });

  describe('is refused with 400 and leaves no trace', () => {
    const body = anEvent('payment_intent.succeeded', succeededIntent(randomIds.next('pay')));
    const cases: readonly [string, string, () => string | undefined][] = [
      ['without a signature', body, () => undefined],
      ['with an empty signature', body, () => ''],
      ['with a signature of nonsense', body, () => 't=1,v1=00'],
      ['signed with another secret', body, () => house.signatureOf(body, Date.now(), 'whsec_of_somebody_else')],
      ['signed 301 seconds ago', body, () => house.signatureOf(body, Date.now() - 301 * SECOND_MS)],
      ['whose body was changed', body.replace('succeeded', 'canceled'), () => house.signatureOf(body)],
      ['whose body was written anew', JSON.stringify(JSON.parse(body), null, 1), () => house.signatureOf(body)],
      ['without a body', '', () => house.signatureOf('')],
    ];

    it.each(cases)('%s', async (_how, sent, signature) => {
      const before = await storedCount();
      const answer = await post(one, sent, signature());
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'INVALID_SIGNATURE' } });
      expect(await storedCount()).toBe(before);
    });
  });

  it('that is not JSON is refused, whoever signed it', async () => {
    const before = await storedCount();
    expect(await send(one, '{')).toMatchObject({ status: 400 });
    expect(await storedCount()).toBe(before);
  });

  it('signed 299 seconds ago is accepted', async () => {
    const body = anEvent('payment_intent.succeeded', {});
    expect(await post(one, body, house.signatureOf(body, Date.now() - 299 * SECOND_MS))).toMatchObject({ status: 200 });
  });

  it.each([
    ['of a type that nobody knows', anEvent('treasury.something_new', { id: 'tr_1' })],
    ['without metadata', anEvent('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' })],
    ['with metadata of null', anEvent('payment_intent.succeeded', { id: 'pi_1', metadata: null })],
    ['with metadata that names no payment', anEvent('payment_intent.succeeded', { id: 'pi_1', metadata: { paymentId: { $gt: '' } } })],
    ['without an object', JSON.stringify({ id: newEvent(), type: 'v2.core.account.updated', related_object: { id: 'acct_1' } })],
    ['of a refund', anEvent('charge.refunded', { id: 'ch_1', metadata: { paymentId: randomIds.next('pay') } })],
  ])('%s is stored, answered 200 and changes nothing', async (_how, body) => {
    const before = await storedCount();
    expect(await send(one, body)).toMatchObject({ status: 200 });
    expect(await send(two, body)).toMatchObject({ status: 200 });
    await house.settled();
    expect(await storedCount()).toBe(before + 1);
    expect(await one.app.get(ParkedEvents, { strict: false }).count()).toBe(0);
  });

  it('that says captured of money that no payment accounts for is parked for a person', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    await one.payments.open(request);
    const parked = one.app.get(ParkedEvents, { strict: false });
    const strays = [succeededIntent(randomIds.next('pay')), succeededIntent(request.paymentId, 'pi_of_another')];
    await Promise.all(strays.map((stray) => send(one, anEvent('payment_intent.succeeded', stray))));
    await waitUntil(async () => (await parked.count()) === strays.length, { within: 15_000 });
    expect(await one.find(request.paymentId)).toMatchObject({ status: 'failed' });
    for (const { _id } of await parked.list()) await parked.remove(_id);
  }, 20_000);

  it('of a payment that was cancelled says captured: the money is there, and is told once', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    await one.payments.open(request);
    await one.payments.cancel(request);
    const [intent] = await house.intentsOf(request.paymentId);
    const body = () => anEvent('payment_intent.succeeded', { ...intent, status: 'succeeded' });
    await Promise.all(Array.from({ length: 6 }, (_, index) => send(index % 2 === 0 ? one : two, body())));
    await waitUntil(async () => (await one.find(request.paymentId)).status === 'captured');
    await house.settled();
    expect([eventsOf(PaymentCaptured, request.paymentId), eventsOf(PaymentCancelled, request.paymentId)]).toEqual([1, 1]);
  });

  it('of an attempt that was declined does not touch the next one, whose answer is lost', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    house.stripe.faults.set({ webhooks: { hold: true } });
    await one.payments.open(request);
    house.stripe.faults.set({ status: { code: 500, times: ALL_TRIES, path: '/v1/payment_intents/*/confirm' } });
    expect(await one.confirm(request, 'pm_card_visa')).toMatchObject({ data: { status: 'processing' } });
    const before = await storedCount();
    house.stripe.faults.releaseWebhooks();
    await waitUntil(async () => (await storedCount()) > before);
    await house.settled();
    expect(await one.find(request.paymentId)).toMatchObject({ status: 'processing' });
    house.clock.advance(61 * SECOND_MS);
    await one.sweep();
    expect(await one.find(request.paymentId)).toMatchObject({ status: 'captured' });
    await house.settled();
    expect(eventsOf(PaymentFailed, request.paymentId)).toBe(1);
  });

  it('of 3-D Secure that failed says so, and another card may pay', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    await one.payments.open(request);
    await house.authenticate(request.paymentId, 'fail');
    await waitUntil(async () => (await one.find(request.paymentId)).status === 'failed');
    expect(await one.confirm(request, 'pm_card_visa')).toMatchObject({ data: { status: 'captured' } });
  });

  it('of an intent that was cancelled at the provider cancels the payment', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    await one.payments.open(request);
    const [intent] = await house.intentsOf(request.paymentId);
    await house.sdk.paymentIntents.cancel(intent?.id ?? '');
    await waitUntil(async () => (await one.find(request.paymentId)).status === 'cancelled');
  });
});

describe('two hundred webhooks', () => {
  it('five times each, shuffled, to two processes, have two hundred effects', async () => {
    house.stripe.faults.set({ webhooks: { drop: true } });
    const captured = await Promise.all(Array.from({ length: 200 }, capturedUnheard));
    const [storedBefore, capturedBefore] = [await storedCount(), eventsOf(PaymentCaptured)];
    const deliveries = captured.flatMap(({ body }) => Array.from({ length: 5 }, () => ({ body, order: Math.random() })));
    deliveries.sort((a, b) => a.order - b.order);
    const answers = await Promise.all(deliveries.map(({ body }, index) => send(index % 2 === 0 ? one : two, body)));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    await waitUntil(() => eventsOf(PaymentCaptured) - capturedBefore >= 200, { within: 20_000 });
    await house.settled();
    expect(await storedCount()).toBe(storedBefore + 200);
    for (const { paymentId } of captured) {
      expect(await one.find(paymentId)).toMatchObject({ status: 'captured' });
      expect(eventsOf(PaymentCaptured, paymentId)).toBe(1);
    }
  }, 60_000);
});
