import Stripe from 'stripe';
import { waitUntil } from '../../../../test/support/wait-until.js';
import type { StripeServerOptions } from './index.js';
import { cardPayment, control, startEmulatorUnderTest, testSecret, type EmulatorUnderTest } from './testing/emulator-under-test.js';
import { startWebhookEndpoint, type WebhookEndpoint } from './testing/webhook-endpoint.js';

describe('webhooks', () => {
  let endpoint: WebhookEndpoint;
  let under: EmulatorUnderTest;
  let stripe: Stripe;
  const others: EmulatorUnderTest[] = [];

  beforeEach(async () => {
    endpoint = await startWebhookEndpoint(testSecret);
    under = await startEmulatorUnderTest({ webhookUrl: endpoint.url, webhookRetryDelays: [20, 20, 20, 20] });
    stripe = under.stripe;
  });

  afterEach(async () => {
    for (const { emulator } of [under, ...others.splice(0)]) await emulator.stop();
    await endpoint.stop();
  });

  /** A second emulator that tells the same endpoint. */
  async function startAnother(options: Partial<StripeServerOptions>): Promise<EmulatorUnderTest> {
    const other = await startEmulatorUnderTest({ webhookUrl: endpoint.url, ...options });
    others.push(other);
    return other;
  }

  const receivedTypes = (): string[] => endpoint.received.map((event) => event.type);

  it('tell of a payment, signed as the SDK verifies it', async () => {
    const intent = await stripe.paymentIntents.create(cardPayment(), { idempotencyKey: 'pay_1' });
    await waitUntil(() => endpoint.received.length === 1);
    const [event] = endpoint.received;
    expect(event).toMatchObject({
      type: 'payment_intent.succeeded',
      api_version: Stripe.API_VERSION,
      data: { object: { id: intent.id, status: 'succeeded', amount_received: 2000 } },
      request: { id: intent.lastResponse.requestId, idempotency_key: 'pay_1' },
    });
    expect(endpoint.rejected).toEqual([]);
    await waitUntil(async () => (await stripe.events.retrieve(String(event?.id))).pending_webhooks === 0);
  });

  it('tell of everything that the payments context handles, and of nothing else', async () => {
    const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
    await stripe.paymentIntents.capture(held.id);
    await stripe.refunds.create({ payment_intent: held.id, amount: 500 });
    await stripe.paymentIntents.create(cardPayment({ payment_method: 'pm_card_chargeDeclined' })).catch(() => undefined);
    const waiting = await stripe.paymentIntents.create(cardPayment({ payment_method: 'pm_card_authenticationRequired' }));
    await stripe.paymentIntents.cancel(waiting.id);
    const expected = [
      'charge.refunded',
      'payment_intent.amount_capturable_updated',
      'payment_intent.canceled',
      'payment_intent.payment_failed',
      'payment_intent.succeeded',
    ];
    await waitUntil(() => endpoint.received.length >= expected.length);
    expect(receivedTypes().sort()).toEqual(expected);
    const all = await stripe.events.list({ limit: 100 });
    expect(all.data.map((event) => event.type)).toEqual(expect.arrayContaining(['payment_intent.requires_action', 'charge.captured']));
    expect((await stripe.events.list({ type: 'charge.refunded' })).data).toHaveLength(1);
  });

  it('tell of a released hold as of a refund of nothing captured, as Stripe does', async () => {
    const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
    await stripe.paymentIntents.cancel(held.id);
    const event = await waitUntil(() => endpoint.received.find(({ type }) => type === 'charge.refunded'));
    expect(event?.data.object).toMatchObject({ captured: false, amount_captured: 0, amount_refunded: 2000, refunded: true });
    expect(under.emulator.counters()).toMatchObject({ refunds: 0, canceled: 1 });
  });

  it('are sent again until the endpoint accepts them', async () => {
    endpoint.refuse(3);
    await stripe.paymentIntents.create(cardPayment());
    await waitUntil(() => endpoint.received.length === 1);
    expect(receivedTypes()).toEqual(['payment_intent.succeeded']);
  });

  it('wait for an endpoint that is not up yet', async () => {
    await endpoint.stop();
    await stripe.paymentIntents.create(cardPayment());
    endpoint = await startWebhookEndpoint(testSecret, endpoint.port);
    await waitUntil(() => endpoint.received.length === 1);
  });

  it('are given up after the last try, in words', async () => {
    const lines: string[] = [];
    const impatient = await startAnother({ webhookRetryDelays: [1], log: (line) => lines.push(line) });
    endpoint.refuse(2);
    await impatient.stripe.paymentIntents.create(cardPayment());
    await waitUntil(() => lines.length === 1);
    expect(lines[0]).toContain('payment_intent.succeeded');
    expect(endpoint.received).toEqual([]);
  });

  it('can be limited to the types that an endpoint wants', async () => {
    const chosen = await startAnother({ enabledEvents: ['charge.*'] });
    await chosen.stripe.paymentIntents.create(cardPayment());
    await waitUntil(() => endpoint.received.length === 1);
    expect(receivedTypes()).toEqual(['charge.succeeded']);
  });

  it('are not accepted with another secret', async () => {
    const stranger = await startAnother({ webhookSecret: 'whsec_other', webhookRetryDelays: [], log: () => undefined });
    await stranger.stripe.paymentIntents.create(cardPayment());
    await waitUntil(() => endpoint.rejected.length === 1);
    expect(endpoint.received).toEqual([]);
  });

  describe('that misbehave', () => {
    async function payTimes(times: number): Promise<string[]> {
      const ids: string[] = [];
      for (let paid = 0; paid < times; paid += 1) ids.push((await stripe.paymentIntents.create(cardPayment())).id);
      return ids;
    }

    const subjects = (): unknown[] =>
      endpoint.received.map((event) => (event.type === 'payment_intent.succeeded' ? event.data.object.id : event.type));

    it('come several times', async () => {
      under.emulator.faults.set({ webhooks: { duplicate: 4 } });
      await payTimes(3);
      await waitUntil(() => endpoint.received.length === 15);
      expect(new Set(endpoint.received.map((event) => event.id)).size).toBe(3);
    });

    it('overtake each other', async () => {
      await control(under.emulator, 'POST', '/test/faults', { webhooks: { hold: true, shuffle: true } });
      const ids = await payTimes(60);
      expect(endpoint.received).toEqual([]);
      const released = await control(under.emulator, 'POST', '/test/webhooks/release');
      expect(released).toMatchObject({ status: 200, body: { webhooks: { hold: false } } });
      await waitUntil(() => endpoint.received.length === 60);
      // Twenty are under way at once, so without shuffling none of the last twenty comes among the first.
      const overtaking = subjects().slice(0, 20).filter((id) => ids.slice(40).includes(String(id)));
      expect(overtaking).not.toEqual([]);
      expect(subjects().sort()).toEqual([...ids].sort());
    });

    it('come late', async () => {
      under.emulator.faults.set({ webhooks: { delayMs: 150 } });
      const start = Date.now();
      await payTimes(1);
      await waitUntil(() => endpoint.received.length === 1);
      expect(Date.now() - start).toBeGreaterThanOrEqual(145);
    });

    it('wait until they are released, at the latest when all faults end', async () => {
      under.emulator.faults.set({ webhooks: { hold: true } });
      await payTimes(2);
      await control(under.emulator, 'DELETE', '/test/faults');
      await waitUntil(() => endpoint.received.length === 2);
    });

    it('are lost, unless they are sent again by name', async () => {
      under.emulator.faults.set({ webhooks: { drop: true } });
      const [id] = await payTimes(1);
      under.emulator.faults.clear();
      const [event] = (await stripe.events.list({ type: 'payment_intent.succeeded' })).data;
      await payTimes(1);
      await waitUntil(() => endpoint.received.length === 1);
      expect(subjects()).not.toContain(id);
      await control(under.emulator, 'POST', '/events', { resend: event?.id });
      await waitUntil(() => subjects().includes(id));
    });
  });

  it('can be triggered for any type and object', async () => {
    const intent = await stripe.paymentIntents.create({ ...cardPayment(), confirm: false });
    const object = { id: 'dp_1', object: 'dispute', amount: 2000, payment_intent: intent.id };
    const triggered = await control(under.emulator, 'POST', '/stripe/events', { type: 'charge.dispute.created', data: { object } });
    await control(under.emulator, 'POST', '/events', { type: 'payment_intent.processing', data: { object: intent.id } });
    await waitUntil(() => endpoint.received.length === 2);
    expect(endpoint.received).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'charge.dispute.created', data: { object } }),
        expect.objectContaining({ type: 'payment_intent.processing', data: { object: expect.objectContaining({ id: intent.id }) } }),
      ]),
    );
    expect(triggered.body).toMatchObject({ object: 'event', type: 'charge.dispute.created' });
  });
});
