import { appendFileSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { cardPayment, startEmulatorUnderTest, testSecret, type EmulatorUnderTest } from './testing/emulator-under-test.js';
import { startWebhookEndpoint, type WebhookEndpoint } from './testing/webhook-endpoint.js';

describe('a data file', () => {
  let folder: string;
  let dataFile: string;
  const running: EmulatorUnderTest[] = [];
  const endpoints: WebhookEndpoint[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stripe-emulator-'));
    dataFile = path.join(folder, 'nested', 'stripe.jsonl');
  });

  afterEach(async () => {
    for (const { emulator } of running.splice(0)) await emulator.stop();
    for (const endpoint of endpoints.splice(0)) await endpoint.stop();
    await rm(folder, { recursive: true });
  });

  async function start(options: Parameters<typeof startEmulatorUnderTest>[0] = {}): Promise<EmulatorUnderTest> {
    const under = await startEmulatorUnderTest({ dataFile, ...options });
    running.push(under);
    return under;
  }

  /** A process that is killed closes nothing: whatever the file holds by now is what the next one finds. */
  async function startAfterCrash(options: Parameters<typeof startEmulatorUnderTest>[0] = {}): Promise<EmulatorUnderTest> {
    const copy = readFileSync(dataFile);
    dataFile = path.join(folder, `crash-${running.length}.jsonl`);
    appendFileSync(dataFile, copy);
    return start(options);
  }

  it('keeps everything that was answered over a crash', async () => {
    const { stripe } = await start();
    const paid = await stripe.paymentIntents.create(cardPayment({ metadata: { purchase: 'pur_1' } }), { idempotencyKey: 'pay' });
    const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 300 }, { idempotencyKey: 'refund' });
    const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));

    const after = await startAfterCrash();
    expect(await after.stripe.paymentIntents.retrieve(paid.id)).toEqual(await stripe.paymentIntents.retrieve(paid.id));
    expect(await after.stripe.charges.retrieve(String(paid.latest_charge))).toMatchObject({ amount_refunded: 300 });
    expect(await after.stripe.paymentIntents.capture(held.id)).toMatchObject({ status: 'succeeded' });
    const again = await after.stripe.refunds.create({ payment_intent: paid.id, amount: 300 }, { idempotencyKey: 'refund' });
    expect(again.id).toBe(refund.id);
    expect(after.emulator.counters()).toMatchObject({ intents: 2, captures: 2, refunds: 1, amountRefunded: 300 });
    expect((await after.stripe.paymentIntents.list()).data.map((intent) => intent.id)).toEqual([held.id, paid.id]);
  });

  it('loses only a line that was never answered', async () => {
    const { stripe } = await start();
    const intent = await stripe.paymentIntents.create(cardPayment());
    appendFileSync(dataFile, '{"changes":[{"kind":"payment_intent","object":{"id":"pi_torn","ob');
    const second = await startAfterCrash();
    expect(await second.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
    const next = await second.stripe.paymentIntents.create(cardPayment());
    const third = await startAfterCrash();
    expect((await third.stripe.paymentIntents.list()).data.map(({ id }) => id)).toEqual([next.id, intent.id]);
  });

  it('remembers an event until it is delivered, and no longer', async () => {
    const { stripe } = await start({ webhookUrl: 'http://127.0.0.1:9/nobody', webhookRetryDelays: [], log: () => undefined });
    const intent = await stripe.paymentIntents.create(cardPayment());

    const endpoint = await startWebhookEndpoint(testSecret);
    endpoints.push(endpoint);
    const second = await startAfterCrash({ webhookUrl: endpoint.url });
    await waitUntil(() => endpoint.received.length === 1);
    expect(endpoint.received[0]).toMatchObject({ type: 'payment_intent.succeeded', data: { object: { id: intent.id } } });
    const { id } = await second.stripe.events.retrieve(String(endpoint.received[0]?.id));
    await waitUntil(() => readFileSync(dataFile, 'utf8').includes(`"delivered":"${id}"`));

    const third = await startAfterCrash({ webhookUrl: endpoint.url });
    const next = await third.stripe.paymentIntents.create(cardPayment());
    await waitUntil(() => endpoint.received.length === 2);
    expect(endpoint.received[1]).toMatchObject({ data: { object: { id: next.id } } });
  });

  it('lets a charge get its balance transaction after a crash', async () => {
    const { stripe } = await start();
    const intent = await stripe.paymentIntents.create(cardPayment({ capture_method: 'automatic_async' }));
    const after = await startAfterCrash();
    await waitUntil(async () => (await after.stripe.charges.retrieve(String(intent.latest_charge))).balance_transaction !== null);
  });

  it('holds each object once after a restart, and forgets keys after a day and events after thirty', async () => {
    let clock = Date.UTC(2026, 0, 1);
    const now = (): number => clock;
    const { stripe } = await start({ now });
    const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }), { idempotencyKey: 'k' });
    await stripe.paymentIntents.capture(held.id);
    const linesOf = (text: string): string[] => readFileSync(dataFile, 'utf8').split('\n').filter((line) => line.includes(text));

    await startAfterCrash({ now });
    expect(linesOf(`"kind":"payment_intent","object":{"id":"${held.id}"`)).toHaveLength(1);
    expect(linesOf('"answer"')).not.toEqual([]);
    clock += 24 * 60 * 60 * 1000;
    await startAfterCrash({ now });
    expect(linesOf('"answer"')).toEqual([]);
    expect(linesOf('"kind":"event"')).not.toEqual([]);
    clock += 30 * 24 * 60 * 60 * 1000;
    const last = await startAfterCrash({ now });
    expect(linesOf('"kind":"event"')).toEqual([]);
    expect(await last.stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'succeeded' });
  });
});
