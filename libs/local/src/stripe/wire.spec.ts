import Stripe from 'stripe';
import { apiVersion } from './index.js';
import { cardPayment, control, errorOf, sdkFor, startEmulatorUnderTest, type EmulatorUnderTest } from './testing/emulator-under-test.js';

describe('the wire', () => {
  let under: EmulatorUnderTest;
  let stripe: Stripe;

  beforeAll(async () => {
    under = await startEmulatorUnderTest();
    stripe = under.stripe;
  });

  afterAll(() => under.emulator.stop());

  it('speaks the version of the SDK', () => {
    expect(apiVersion).toBe(Stripe.API_VERSION);
  });

  it('is reached at the root of a host and below /stripe', async () => {
    const below = sdkFor(`${under.emulator.url}/stripe`);
    const intent = await below.paymentIntents.create(cardPayment());
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ id: intent.id, status: 'succeeded' });
  });

  it('asks for a secret test key', async () => {
    const response = await fetch(`${under.emulator.url}/v1/charges`);
    expect(response.status).toBe(401);
    const live = new Stripe('sk_live_key', { host: '127.0.0.1', port: under.emulator.port, protocol: 'http' });
    const error = await errorOf(live.charges.list());
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect(error.message).not.toContain('sk_live_key');
  });

  it('has no connected accounts', async () => {
    const error = await errorOf(stripe.charges.list({}, { stripeAccount: 'acct_1' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripePermissionError);
    expect(error.code).toBe('account_invalid');
  });

  it('refuses a body beyond a megabyte', async () => {
    const error = await errorOf(stripe.rawRequest('POST', '/v1/payment_intents', { description: 'x'.repeat(1024 * 1024) }));
    expect(error.statusCode).toBe(413);
  });

  it('says when its port is taken', async () => {
    await expect(startEmulatorUnderTest({ port: under.emulator.port })).rejects.toThrow('EADDRINUSE');
  });

  it('names a route that it does not have', async () => {
    const error = await errorOf(stripe.coupons.list());
    expect(error).toMatchObject({ statusCode: 404, type: 'StripeInvalidRequestError' });
    expect(error.message).toContain('GET: /v1/coupons');
  });

  it('carries a request id', async () => {
    const intent = await stripe.paymentIntents.create(cardPayment());
    expect(intent.lastResponse.requestId).toMatch(/^req_/);
    expect(await errorOf(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such payment_intent: 'pi_none'",
    });
  });

  describe('parameters', () => {
    it.each<[string, Record<string, unknown>, string, string | undefined]>([
      ['no amount', { amount: undefined }, 'amount', 'parameter_missing'],
      ['an amount of zero', { amount: 0 }, 'amount', 'parameter_invalid_integer'],
      ['a negative amount', { amount: -5 }, 'amount', 'parameter_invalid_integer'],
      ['a fraction', { amount: 10.5 }, 'amount', 'parameter_invalid_integer'],
      ['less than Stripe charges', { amount: 49 }, 'amount', 'amount_too_small'],
      ['more than Stripe charges', { amount: 100_000_000 }, 'amount', 'amount_too_large'],
      ['a third decimal that is not zero', { amount: 1005, currency: 'jod' }, 'amount', 'invalid_charge_amount'],
      ['no currency', { currency: undefined }, 'currency', 'parameter_missing'],
      ['a currency in capitals', { currency: 'USD' }, 'currency', undefined],
      ['an unknown currency', { currency: 'xxz' }, 'currency', undefined],
      ['an unknown capture method', { capture_method: 'later' }, 'capture_method', undefined],
      ['an unknown payment method', { payment_method: 'pm_none' }, 'payment_method', 'resource_missing'],
      ['a name of every object', { payment_method: 'toString' }, 'payment_method', 'resource_missing'],
      ['an unknown customer', { customer: 'cus_none' }, 'customer', 'resource_missing'],
      ['a method type other than card', { allowed_payment_method_types: ['card', 'oxxo'] }, 'allowed_payment_method_types', undefined],
      ['a parameter of older versions', { payment_method_types: ['card'] }, 'payment_method_types', 'parameter_unknown'],
      ['a full statement text on a card', { statement_descriptor: 'DARAA' }, 'statement_descriptor', undefined],
      ['a parameter that is not emulated', { on_behalf_of: 'acct_1' }, 'on_behalf_of', 'parameter_unknown'],
      ['one inside a group', { shipping: { name: 'A', address: { planet: 'Mars' } } }, 'shipping[address][planet]', 'parameter_unknown'],
      ['an empty text', { description: '' }, 'description', 'parameter_invalid_empty'],
      ['a metadata value that is too long', { metadata: { note: 'x'.repeat(501) } }, 'metadata[note]', undefined],
      ['an expansion that does not exist', { expand: ['wishes'] }, 'expand', undefined],
      ['an expansion of what is no id', { expand: ['status'] }, 'expand', undefined],
    ])('%s is refused and creates nothing', async (_name, changes, param, code) => {
      const before = under.emulator.counters();
      const error = await errorOf(stripe.rawRequest('POST', '/v1/payment_intents', { ...cardPayment(), ...changes }));
      expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
      expect({ statusCode: error.statusCode, param: error.param, code: error.code }).toEqual({ statusCode: 400, param, code });
      expect({ ...under.emulator.counters(), byIdempotencyKey: {} }).toEqual({ ...before, byIdempotencyKey: {} });
    });

    it('named like parts of a prototype change nothing but are refused', async () => {
      const response = await fetch(`${under.emulator.url}/v1/payment_intents`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_emulator' },
        body: 'amount=2000&currency=usd&__proto__[polluted]=yes&constructor[prototype][polluted]=yes',
      });
      expect(response.status).toBe(400);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect('polluted' in {}).toBe(false);
    });

    it('keep shipping and metadata', async () => {
      const address = { line1: '1 Rainbow St', city: 'Amman', country: 'JO' };
      const intent = await stripe.paymentIntents.create(cardPayment({ shipping: { name: 'Rana', address } }));
      expect(intent.shipping).toMatchObject({ name: 'Rana', address: { ...address, line2: null } });
    });

    it('charge three-decimal currencies in steps of ten', async () => {
      const intent = await stripe.paymentIntents.create(cardPayment({ amount: 1500, currency: 'jod' }));
      expect(intent).toMatchObject({ amount_received: 1500, currency: 'jod' });
    });
  });

  describe('lists', () => {
    it('come newest first, page by page, and can be expanded', async () => {
      const ids: string[] = [];
      for (let made = 0; made < 5; made += 1) ids.unshift((await stripe.paymentIntents.create(cardPayment())).id);
      const page = await stripe.paymentIntents.list({ limit: 2, expand: ['data.latest_charge'] });
      expect(page).toMatchObject({ object: 'list', has_more: true, url: '/v1/payment_intents' });
      expect(page.data.map((intent) => intent.id)).toEqual(ids.slice(0, 2));
      expect(page.data[0]?.latest_charge).toMatchObject({ object: 'charge' });

      const seen: string[] = [];
      for await (const intent of stripe.paymentIntents.list({ limit: 2 })) {
        seen.push(intent.id);
        if (seen.length === 5) break;
      }
      expect(seen).toEqual(ids);
      const back = await stripe.paymentIntents.list({ limit: 2, ending_before: ids[4] });
      expect(back.data.map((intent) => intent.id)).toEqual(ids.slice(2, 4));
    });

    it('can be narrowed to a time', async () => {
      const { created } = await stripe.paymentIntents.create(cardPayment());
      expect((await stripe.charges.list({ created: { gt: created + 60 } })).data).toEqual([]);
      expect((await stripe.charges.list({ created: { gte: created } })).data).not.toEqual([]);
    });
  });

  describe("the emulator's own routes", () => {
    it.each<[string, unknown]>([
      ['an unknown fault', { explode: true }],
      ['a status that Stripe does not send', { status: { code: 418 } }],
      ['a delay of unknown length', { delay: {} }],
      ['a switch of the wrong type', { webhooks: { hold: 'yes' } }],
      ['a list', []],
    ])('refuse %s', async (_name, body) => {
      expect(await control(under.emulator, 'POST', '/test/faults', body)).toMatchObject({ status: 400, body: { error: {} } });
    });

    it('refuse an event without a type', async () => {
      expect((await control(under.emulator, 'POST', '/events', {})).status).toBe(400);
      expect((await control(under.emulator, 'POST', '/events', { resend: 'evt_none' })).status).toBe(404);
    });
  });
});
