import Stripe from 'stripe';
import { cardPayment, control, errorOf, sdkFor, startEmulatorUnderTest, type EmulatorUnderTest } from './testing/emulator-under-test.js';

describe('an idempotency key', () => {
  let under: EmulatorUnderTest;
  let stripe: Stripe;
  let clock: number;

  beforeEach(async () => {
    clock = Date.UTC(2026, 0, 1);
    under = await startEmulatorUnderTest({ now: () => clock });
    stripe = under.stripe;
  });

  afterEach(() => under.emulator.stop());

  it('repeats the first answer byte for byte', async () => {
    const send = (): Promise<Response> =>
      fetch(`${under.emulator.url}/v1/payment_intents`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_emulator', 'idempotency-key': 'k' },
        body: new URLSearchParams({ amount: '2000', currency: 'usd', 'allowed_payment_method_types[]': 'card' }),
      });
    const [first, second] = [await send(), await send()];
    expect(await second.text()).toBe(await first.text());
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'));
    expect(under.emulator.counters()).toMatchObject({ intents: 1, byIdempotencyKey: { k: { requests: 2, executed: 1, replayed: 1 } } });
  });

  it('makes one intent of 20 parallel requests', async () => {
    const patient = sdkFor(under.emulator.url, { maxNetworkRetries: 5 });
    const intents = await Promise.all(
      Array.from({ length: 20 }, () => patient.paymentIntents.create(cardPayment(), { idempotencyKey: 'k' })),
    );
    expect(new Set(intents.map((intent) => intent.id)).size).toBe(1);
    expect(under.emulator.counters()).toMatchObject({ intents: 1, charges: 1, amountCaptured: 2000 });
    expect(under.emulator.counters().byIdempotencyKey.k?.executed).toBe(1);
  });

  it('is in use while its request runs', async () => {
    under.emulator.faults.set({ delay: { milliseconds: 200 } });
    const calls = [1, 2, 3].map(() => stripe.paymentIntents.create(cardPayment(), { idempotencyKey: 'k' }));
    const outcomes = await Promise.allSettled(calls);
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(errors).toHaveLength(2);
    const inUse = { statusCode: 409, code: 'idempotency_key_in_use', rawType: 'idempotency_error' };
    for (const error of errors) expect(error).toMatchObject(inUse);
    expect(under.emulator.counters()).toMatchObject({ intents: 1, byIdempotencyKey: { k: { requests: 3, executed: 1, inUse: 2 } } });
  });

  it('is refused for other parameters and for another route', async () => {
    const options = { idempotencyKey: 'k' };
    const intent = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }), options);
    const calls = [
      stripe.paymentIntents.create(cardPayment({ capture_method: 'manual', amount: 2001 }), options),
      stripe.paymentIntents.capture(intent.id, {}, options),
    ];
    for (const call of calls) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
      expect(error.statusCode).toBe(400);
    }
    expect(under.emulator.counters()).toMatchObject({ intents: 1, captures: 0 });
  });

  it('repeats a decline, even when the card would be good by now', async () => {
    const params = cardPayment({ payment_method: 'pm_card_chargeDeclined' });
    const first = await errorOf(stripe.paymentIntents.create(params, { idempotencyKey: 'k' }));
    const second = await errorOf(stripe.paymentIntents.create(params, { idempotencyKey: 'k' }));
    expect(second).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(second.payment_intent?.id).toBe(first.payment_intent?.id);
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(under.emulator.counters()).toMatchObject({ intents: 1, declines: 1 });
  });

  it('repeats a refusal of the state, also when the state has changed since', async () => {
    const intent = await stripe.paymentIntents.create({ ...cardPayment({ capture_method: 'manual' }), confirm: false });
    const options = { idempotencyKey: 'k' };
    expect(await errorOf(stripe.paymentIntents.capture(intent.id, {}, options))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    await stripe.paymentIntents.confirm(intent.id);
    expect(await errorOf(stripe.paymentIntents.capture(intent.id, {}, options))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(await stripe.paymentIntents.capture(intent.id)).toMatchObject({ status: 'succeeded' });
  });

  it('is free again after wrong parameters, a 429 and a 500', async () => {
    const options = { idempotencyKey: 'k' };
    await errorOf(stripe.paymentIntents.create(cardPayment({ amount: 0 }), options));
    for (const [code, type] of [[429, Stripe.errors.StripeRateLimitError], [500, Stripe.errors.StripeAPIError]] as const) {
      under.emulator.faults.set({ status: { code } });
      expect(await errorOf(stripe.paymentIntents.create(cardPayment(), options))).toBeInstanceOf(type);
    }
    expect(under.emulator.counters().intents).toBe(0);
    expect(await stripe.paymentIntents.create(cardPayment(), options)).toMatchObject({ status: 'succeeded' });
  });

  it('is forgotten after 24 hours', async () => {
    const options = { idempotencyKey: 'k' };
    const first = await stripe.paymentIntents.create(cardPayment(), options);
    clock += 24 * 60 * 60 * 1000 - 1;
    expect((await stripe.paymentIntents.create(cardPayment(), options)).id).toBe(first.id);
    clock += 1;
    expect((await stripe.paymentIntents.create(cardPayment(), options)).id).not.toBe(first.id);
  });

  describe('when the answer is lost', () => {
    it('leads the retry to the same intent', async () => {
      await control(under.emulator, 'POST', '/test/faults', { lostAnswer: { times: 1, path: '/v1/payment_intents' } });
      const patient = sdkFor(under.emulator.url, { maxNetworkRetries: 2 });
      const intent = await patient.paymentIntents.create(cardPayment());
      expect(intent.status).toBe('succeeded');
      expect(under.emulator.counters()).toMatchObject({ intents: 1, charges: 1 });
      expect(Object.values(under.emulator.counters().byIdempotencyKey)).toMatchObject([{ requests: 2, executed: 1, replayed: 1 }]);
    });

    it('shows a caller who gives up a connection error, with the work done', async () => {
      // The SDK repeats a request once by itself when the connection closes, so two answers must be lost.
      under.emulator.faults.set({ lostAnswer: { times: 2, path: '/v1/payment_intents' } });
      const options = { idempotencyKey: 'k' };
      expect(await errorOf(stripe.paymentIntents.create(cardPayment(), options))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
      expect(under.emulator.counters()).toMatchObject({ intents: 1, amountCaptured: 2000 });
      const later = await stripe.paymentIntents.create(cardPayment(), options);
      expect(under.emulator.counters()).toMatchObject({ intents: 1, amountCaptured: 2000 });
      expect((await stripe.paymentIntents.retrieve(later.id)).status).toBe('succeeded');
    });

    it('counts for captures and refunds alike', async () => {
      const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
      under.emulator.faults.set({ lostAnswer: { path: '/v1/payment_intents/*/capture' } });
      await stripe.paymentIntents.capture(held.id);
      under.emulator.faults.set({ lostAnswer: { path: '/v1/refunds' } });
      await stripe.refunds.create({ payment_intent: held.id, amount: 700 });
      expect(under.emulator.counters()).toMatchObject({ captures: 1, refunds: 1, amountCaptured: 2000, amountRefunded: 700 });
    });
  });
});
