import Stripe from 'stripe';
import { cardPayment, errorOf, startEmulatorUnderTest, type EmulatorUnderTest } from './testing/emulator-under-test.js';

describe('refunds', () => {
  let under: EmulatorUnderTest;
  let stripe: Stripe;

  beforeAll(async () => {
    under = await startEmulatorUnderTest();
    stripe = under.stripe;
  });

  afterAll(() => under.emulator.stop());

  it('give back the whole payment by default, without the fee', async () => {
    const intent = await stripe.paymentIntents.create(cardPayment());
    const refund = await stripe.refunds.create({
      payment_intent: intent.id,
      reason: 'requested_by_customer',
      metadata: { refund: 'rfd_1' },
      expand: ['balance_transaction', 'charge'],
    });
    expect(refund).toMatchObject({ amount: 2000, status: 'succeeded', payment_intent: intent.id, metadata: { refund: 'rfd_1' } });
    expect(refund.balance_transaction).toMatchObject({ amount: -2000, fee: 0, net: -2000, type: 'refund', source: refund.id });
    expect(refund.charge).toMatchObject({ amount_refunded: 2000, refunded: true });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id, charge: intent.latest_charge });
  });

  it('never exceed what is left of the charge', async () => {
    const intent = await stripe.paymentIntents.create(cardPayment());
    const charge = String(intent.latest_charge);
    await stripe.refunds.create({ charge, amount: 500 });
    const error = await errorOf(stripe.refunds.create({ payment_intent: intent.id, amount: 1501 }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error).toMatchObject({ statusCode: 400, param: 'amount', code: undefined });
    expect(error.message).toBe('Refund amount ($15.01) is greater than unrefunded amount on charge ($15.00)');

    await stripe.refunds.create({ payment_intent: intent.id, amount: 1500 });
    const again = await errorOf(stripe.refunds.create({ payment_intent: intent.id, amount: 1 }));
    expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
    expect(again.message).toBe(`Charge ${charge} has already been refunded.`);

    const refunds = await stripe.refunds.list({ payment_intent: intent.id });
    expect(refunds.data.map((refund) => refund.amount)).toEqual([1500, 500]);
    const expanded = await stripe.charges.retrieve(charge, { expand: ['refunds'] });
    expect(expanded).toMatchObject({ refunded: true, amount_refunded: 2000 });
    expect(expanded.refunds?.data).toHaveLength(2);
  });

  it('hold the ceiling when they race', async () => {
    const intent = await stripe.paymentIntents.create(cardPayment());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => stripe.refunds.create({ payment_intent: intent.id, amount: 300 })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({ amount_refunded: 1800, refunded: false });
  });

  it('settle a charge that waits for its balance transaction', async () => {
    const intent = await stripe.paymentIntents.create(cardPayment({ capture_method: 'automatic_async' }));
    await stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand: ['balance_transaction'] });
    expect(charge).toMatchObject({ amount_refunded: 100, balance_transaction: { type: 'charge', amount: 2000 } });
    expect((await stripe.balanceTransactions.list({ source: charge.id })).data).toHaveLength(1);
  });

  it('of a partial capture reach no further than what was captured', async () => {
    const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 });
    expect((await errorOf(stripe.refunds.create({ payment_intent: held.id, amount: 1501 }))).param).toBe('amount');
    expect(await stripe.refunds.create({ payment_intent: held.id })).toMatchObject({ amount: 1500 });
  });

  it('need a captured charge', async () => {
    const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
    const open = await stripe.paymentIntents.create({ ...cardPayment(), confirm: false });
    const calls = [
      stripe.refunds.create({ payment_intent: held.id }),
      stripe.refunds.create({ charge: String(held.latest_charge) }),
      stripe.refunds.create({ payment_intent: open.id }),
    ];
    for (const call of calls) expect(await errorOf(call)).toMatchObject({ statusCode: 400, param: 'payment_intent' });
  });

  it('name what is missing', async () => {
    expect(await errorOf(stripe.refunds.create({}))).toMatchObject({ code: 'parameter_missing' });
    expect(await errorOf(stripe.refunds.create({ payment_intent: 'pi_none' }))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'payment_intent',
    });
    expect(await errorOf(stripe.refunds.retrieve('re_none'))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});
