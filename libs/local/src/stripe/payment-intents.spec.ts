import Stripe from 'stripe';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { cardPayment, control, errorOf, startEmulatorUnderTest, type EmulatorUnderTest } from './testing/emulator-under-test.js';

describe('payment intents', () => {
  let under: EmulatorUnderTest;
  let stripe: Stripe;

  beforeAll(async () => {
    under = await startEmulatorUnderTest();
    stripe = under.stripe;
  });

  afterAll(() => under.emulator.stop());

  async function chargeOf(intent: Stripe.PaymentIntent): Promise<Stripe.Charge> {
    return stripe.charges.retrieve(String(intent.latest_charge));
  }

  describe('created without a payment method', () => {
    it('waits for one, then for its confirmation', async () => {
      const intent = await stripe.paymentIntents.create({ amount: 1500, currency: 'eur', allowed_payment_method_types: ['card'] });
      expect(intent).toMatchObject({ status: 'requires_payment_method', amount: 1500, amount_received: 0, latest_charge: null });
      expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_`));

      const chosen = await stripe.paymentIntents.create({ ...cardPayment(), confirm: false });
      expect(chosen.status).toBe('requires_confirmation');
      const paid = await stripe.paymentIntents.confirm(chosen.id);
      expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2000 });
    });

    it('cannot be confirmed without one', async () => {
      const intent = await stripe.paymentIntents.create({ amount: 1500, currency: 'usd', allowed_payment_method_types: ['card'] });
      const error = await errorOf(stripe.paymentIntents.confirm(intent.id));
      expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
      expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
      expect(error.payment_intent?.id).toBe(intent.id);
    });

    it('needs a return url where redirects are allowed', async () => {
      const params = cardPayment({ allowed_payment_method_types: undefined });
      const error = await errorOf(stripe.paymentIntents.create(params));
      expect(error).toMatchObject({ type: 'StripeInvalidRequestError', param: 'return_url' });
      const never = { enabled: true, allow_redirects: 'never' } as const;
      const paid = await stripe.paymentIntents.create({ ...params, automatic_payment_methods: never });
      expect(paid.status).toBe('succeeded');
    });
  });

  describe('with a good card', () => {
    it('is captured at once, with a charge and the fee of 2.9 % and 30', async () => {
      const metadata = { purchase: 'pur_1', note: 'für Ünal & co = 1' };
      const params = { ...cardPayment({ metadata, description: 'Order 7' }), expand: ['latest_charge.balance_transaction'] };
      const intent = await stripe.paymentIntents.create(params);
      const amounts = { amount_received: 2000, amount_capturable: 0 };
      expect(intent).toMatchObject({ status: 'succeeded', ...amounts, metadata, last_payment_error: null });

      const charge = intent.latest_charge as Stripe.Charge;
      expect(charge).toMatchObject({ paid: true, captured: true, amount_captured: 2000, payment_intent: intent.id, metadata });
      expect(charge.payment_method_details?.card).toMatchObject({ brand: 'visa', last4: '4242' });
      expect(charge.balance_transaction).toMatchObject({ amount: 2000, fee: 88, net: 1912, type: 'charge', source: charge.id });
    });

    it('gets its balance transaction a moment later when capture is asynchronous, which is the default', async () => {
      const intent = await stripe.paymentIntents.create(cardPayment({ capture_method: undefined }));
      expect(intent).toMatchObject({ status: 'succeeded', capture_method: 'automatic_async' });
      const [immediate] = (await stripe.charges.list({ payment_intent: intent.id })).data;
      expect(immediate?.captured).toBe(true);
      await waitUntil(async () => (await chargeOf(intent)).balance_transaction !== null);
      const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand: ['balance_transaction'] });
      expect(charge.balance_transaction).toMatchObject({ fee: 88 });
    });

    it('makes a payment method of its own from each use of a test method', async () => {
      const first = await stripe.paymentIntents.create(cardPayment({ payment_method: 'pm_card_mastercard' }));
      const second = await stripe.paymentIntents.create(cardPayment({ payment_method: 'pm_card_mastercard' }));
      expect(first.payment_method).not.toBe(second.payment_method);
      const method = await stripe.paymentMethods.retrieve(String(first.payment_method));
      expect(method.card).toMatchObject({ brand: 'mastercard', last4: '4444' });
      const third = await stripe.paymentIntents.create(cardPayment({ payment_method: method.id }));
      expect(third).toMatchObject({ status: 'succeeded', payment_method: method.id });
    });

    it('cannot be paid twice', async () => {
      const intent = await stripe.paymentIntents.create(cardPayment());
      const error = await errorOf(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }));
      expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
      expect(error.payment_intent?.status).toBe('succeeded');
      expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1);
    });
  });

  describe('with a card that is declined', () => {
    it.each([
      ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
      ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
      ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ])('%s answers 402 %s (%s) and asks for another one', async (paymentMethod, code, declineCode) => {
      const error = await errorOf(stripe.paymentIntents.create(cardPayment({ payment_method: paymentMethod })));
      expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
      expect(error).toMatchObject({ statusCode: 402, code, decline_code: declineCode });
      expect(error.requestId).toMatch(/^req_/);

      const intent = await stripe.paymentIntents.retrieve(String(error.payment_intent?.id));
      expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null, amount_received: 0 });
      expect(intent.last_payment_error).toMatchObject({ type: 'card_error', code, decline_code: declineCode, charge: error.charge });
      expect(await chargeOf(intent)).toMatchObject({ status: 'failed', paid: false, captured: false, failure_code: code });
    });

    it('can be tried again with another card', async () => {
      const error = await errorOf(stripe.paymentIntents.create(cardPayment({ payment_method: 'pm_card_chargeDeclined' })));
      const id = String(error.payment_intent?.id);
      const again = await errorOf(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }));
      expect(again).toBeInstanceOf(Stripe.errors.StripeCardError);
      const paid = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
      expect(paid).toMatchObject({ id, status: 'succeeded', last_payment_error: null });
      expect((await stripe.charges.list({ payment_intent: id })).data.map((charge) => charge.paid)).toEqual([true, false, false]);
    });
  });

  describe('with a card that must be authenticated', () => {
    const params = cardPayment({ payment_method: 'pm_card_authenticationRequired' });

    it('waits for 3-D Secure and succeeds when the buyer passes it', async () => {
      const intent = await stripe.paymentIntents.create(params);
      expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' }, latest_charge: null });
      const answered = await control(under.emulator, 'POST', `/test/payment_intents/${intent.id}/authenticate`, { outcome: 'succeed' });
      expect(answered).toMatchObject({ status: 200, body: { id: intent.id, status: 'succeeded', next_action: null } });
      const charge = await chargeOf(await stripe.paymentIntents.retrieve(intent.id));
      expect(charge.payment_method_details?.card?.three_d_secure?.result).toBe('authenticated');
    });

    it('asks for another payment method when the buyer fails it', async () => {
      const intent = await stripe.paymentIntents.create(params);
      await control(under.emulator, 'POST', `/test/payment_intents/${intent.id}/authenticate`, { outcome: 'fail' });
      const failed = await stripe.paymentIntents.retrieve(intent.id);
      expect(failed).toMatchObject({ status: 'requires_payment_method', latest_charge: null });
      expect(failed.last_payment_error).toMatchObject({ code: 'payment_intent_authentication_failure' });
    });

    it('names the page of the bank when it knows where to return', async () => {
      const intent = await stripe.paymentIntents.create({ ...params, return_url: 'https://shop.test/done' });
      const { type, redirect_to_url: redirect } = intent.next_action ?? {};
      expect({ type, returnUrl: redirect?.return_url }).toEqual({ type: 'redirect_to_url', returnUrl: 'https://shop.test/done' });
      const answered = await fetch(String(redirect?.url), { method: 'POST', body: '{"outcome":"succeed"}' });
      expect(await answered.json()).toMatchObject({ id: intent.id, status: 'succeeded' });
    });

    it('goes on waiting when it is confirmed again as it is, and is paid by another card', async () => {
      const intent = await stripe.paymentIntents.create(params);
      expect((await stripe.paymentIntents.confirm(intent.id)).status).toBe('requires_action');
      const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
      expect(paid).toMatchObject({ status: 'succeeded', next_action: null });
    });

    it('is declined when the buyer is not there', async () => {
      const error = await errorOf(stripe.paymentIntents.create({ ...params, off_session: true }));
      expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required', decline_code: 'authentication_required' });
    });

    it('refuses an authentication that nobody asked for', async () => {
      const intent = await stripe.paymentIntents.create(cardPayment());
      const answered = await control(under.emulator, 'POST', `/test/payment_intents/${intent.id}/authenticate`, {});
      expect(answered).toMatchObject({ status: 400, body: { error: { code: 'payment_intent_unexpected_state' } } });
    });
  });

  describe('with manual capture', () => {
    it('holds the amount until it is captured', async () => {
      const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
      expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2000, amount_received: 0 });
      expect(await chargeOf(held)).toMatchObject({ paid: true, captured: false, balance_transaction: null });

      const captured = await stripe.paymentIntents.capture(held.id);
      expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 2000 });
      expect(await chargeOf(captured)).toMatchObject({ id: held.latest_charge, captured: true, amount_captured: 2000 });
    });

    it('captures less and gives the rest back', async () => {
      const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
      const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 });
      expect(captured).toMatchObject({ status: 'succeeded', amount: 2000, amount_received: 1500 });
      expect(await chargeOf(captured)).toMatchObject({ amount_captured: 1500, amount_refunded: 500, refunded: false });
      const movement = await stripe.balanceTransactions.list({ source: String(captured.latest_charge) });
      expect(movement.data).toMatchObject([{ amount: 1500, fee: 74 }]);
    });

    it('never captures more than is held, nor twice, nor what was never held', async () => {
      const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
      const tooMuch = await errorOf(stripe.paymentIntents.capture(held.id, { amount_to_capture: 2001 }));
      expect(tooMuch).toMatchObject({ statusCode: 400, code: 'amount_too_large', param: 'amount_to_capture' });
      await stripe.paymentIntents.capture(held.id);
      const twice = await errorOf(stripe.paymentIntents.capture(held.id));
      expect(twice).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } });
      const open = await stripe.paymentIntents.create({ ...cardPayment(), confirm: false });
      expect(await errorOf(stripe.paymentIntents.capture(open.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    });

    it('releases the hold when it is cancelled', async () => {
      const held = await stripe.paymentIntents.create(cardPayment({ capture_method: 'manual' }));
      const canceled = await stripe.paymentIntents.cancel(held.id, { cancellation_reason: 'requested_by_customer' });
      expect(canceled).toMatchObject({ status: 'canceled', amount_capturable: 0, cancellation_reason: 'requested_by_customer' });
      expect(await chargeOf(canceled)).toMatchObject({ captured: false, amount_captured: 0, refunded: true, amount_refunded: 2000 });
    });
  });

  describe('cancelled', () => {
    it('can neither be confirmed nor cancelled again', async () => {
      const intent = await stripe.paymentIntents.create({ ...cardPayment(), confirm: false });
      expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe('canceled');
      for (const call of [stripe.paymentIntents.confirm(intent.id), stripe.paymentIntents.cancel(intent.id)]) {
        expect(await errorOf(call)).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { status: 'canceled' } });
      }
    });

    it('is not possible once it is paid', async () => {
      const intent = await stripe.paymentIntents.create(cardPayment());
      const error = await errorOf(stripe.paymentIntents.cancel(intent.id));
      expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } });
    });
  });
});
