import { storeToken } from '@daraa/platform';
import type { AggregateStore } from '@daraa/platform';
import { derivedId } from '@daraa/kernel';
import type { PaymentRequest } from '@daraa/payments';
import { PaymentCaptured, PaymentFailed } from '@daraa/payments/events';
import { aPayment, PaymentsHouse } from '../../../../test/support/payments.js';
import type { PaymentsProcess } from '../../../../test/support/payments.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { Payment } from '../domain/payment.js';
import { PaymentProvider } from './payment-provider.js';
import { termsOf } from './open-payment.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The SDK sends a call three times before it gives up. */
const ALL_TRIES = 3;

const house = new PaymentsHouse();
let process: PaymentsProcess;

beforeAll(async () => {
  process = await house.start();
});

afterEach(async () => {
  house.stripe.faults.clear();
  await house.settled();
});

/** The payment as opening it leaves it in the database before the provider is called. */
async function recorded(request: PaymentRequest): Promise<Payment> {
  const store = process.app.get<AggregateStore<Payment>>(storeToken(Payment), { strict: false });
  const attempt = { attemptId: derivedId('att', request.paymentId, '1'), startedAt: house.clock.now() };
  const { paymentMethodId } = request;
  return store.insert(
    Payment.byCard(request.paymentId, termsOf(request), { ...attempt, ...(paymentMethodId === undefined ? {} : { paymentMethodId }) }),
  );
}

/** Calls the provider as opening this payment does, and forgets what it says. */
async function chargedAndForgotten(request: PaymentRequest): Promise<void> {
  const { paymentId, payable, amount, description, paymentMethodId } = request;
  await process.app.get(PaymentProvider, { strict: false }).create({
    paymentId,
    attemptId: derivedId('att', paymentId, '1'),
    payableId: payable.id,
    amount,
    description,
    ...(paymentMethodId === undefined ? {} : { paymentMethodId }),
  });
}

async function sweepLater(milliseconds = MINUTE_MS + 1): Promise<void> {
  house.clock.advance(milliseconds);
  await process.sweep();
  await house.settled();
}

async function expectCapturedOnce({ paymentId }: PaymentRequest): Promise<void> {
  await house.settled();
  expect(await process.find(paymentId)).toMatchObject({ status: 'captured' });
  expect(await house.chargesOf(paymentId)).toHaveLength(1);
  expect(await house.intentsOf(paymentId)).toHaveLength(1);
  expect(process.listener.count(PaymentCaptured, paymentId)).toBe(1);
}

describe('a payment', () => {
  it('by a good card is captured at once, for its amount, and its fee is known', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    const opened = await process.payments.open(request);
    expect(opened).toMatchObject({ status: 'captured', clientSecret: null, failure: null, amount: request.amount });
    await expectCapturedOnce(request);
    const [charge] = await house.chargesOf(request.paymentId);
    expect(charge).toMatchObject({ amount_captured: 2000, currency: 'usd', balance_transaction: expect.stringMatching(/^txn_/) });
    expect(await house.intentsOf(request.paymentId)).toEqual([expect.objectContaining({ capture_method: 'automatic' })]);
  });

  it('opened twice, also at the same time, charges once', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    await Promise.all(Array.from({ length: 10 }, () => process.payments.open(request)));
    expect(await process.payments.open(request)).toMatchObject({ status: 'captured' });
    await expectCapturedOnce(request);
  });

  it('by a card that is declined is failed, says why, and is captured by the next card', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclinedInsufficientFunds' });
    const opened = await process.payments.open(request);
    expect(opened).toMatchObject({
      status: 'failed',
      failure: { code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
      clientSecret: expect.stringContaining('_secret_'),
    });
    const confirmed = await process.confirm(request, 'pm_card_visa');
    expect(confirmed).toMatchObject({ status: 200, data: { status: 'captured', failure: null } });
    await expectCapturedOnce(request);
    expect(process.listener.count(PaymentFailed, request.paymentId)).toBe(1);
  });

  it('by a card that does not exist is failed, and the next card opens it', async () => {
    const request = aPayment({ paymentMethodId: 'pm_made_up' });
    expect(await process.payments.open(request)).toMatchObject({
      status: 'failed',
      failure: { code: 'resource_missing', message: expect.stringContaining('pm_made_up') },
      clientSecret: null,
    });
    expect(await process.confirm(request, 'pm_made_up_too')).toMatchObject({ status: 402, error: { code: 'PAYMENT_FAILED' } });
    expect(await process.confirm(request, 'pm_card_visa')).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectCapturedOnce(request);
  });

  it('that declined cards and one that does not exist have left open is captured by a good one', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    await process.payments.open(request);
    for (const card of ['pm_made_up', 'pm_card_chargeDeclinedLostCard', 'pm_made_up']) {
      expect(await process.confirm(request, card)).toMatchObject({ status: 402 });
    }
    expect(await process.confirm(request, 'pm_card_amex')).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectCapturedOnce(request);
  });

  it('too small for a card says so instead of failing the checkout', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa', amount: { amount: 10, currency: 'USD' } });
    expect(await process.payments.open(request)).toMatchObject({ status: 'failed', failure: { code: 'amount_too_small' } });
  });

  it('without a card waits for the client, who completes it', async () => {
    const request = aPayment();
    const opened = await process.payments.open(request);
    expect(opened).toMatchObject({ status: 'pending', clientSecret: expect.stringContaining('_secret_') });
    const [intent] = await house.intentsOf(request.paymentId);
    await house.sdk.paymentIntents.confirm(intent?.id ?? '', { payment_method: 'pm_card_visa' });
    await waitUntil(async () => (await process.find(request.paymentId)).status === 'captured');
    await expectCapturedOnce(request);
  });

  it('in cash never reaches the provider', async () => {
    const request = aPayment({ method: 'cash_on_delivery' });
    expect(await process.payments.open(request)).toMatchObject({ status: 'pending', clientSecret: null });
    expect(await house.intentsOf(request.paymentId)).toEqual([]);
  });
});

describe('an attempt whose answer is lost', () => {
  it('is processing, and is resolved once by the sweep, with one charge', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/payment_intents' }, webhooks: { hold: true } });
    expect(await process.payments.open(request)).toMatchObject({ status: 'processing', clientSecret: null });
    expect(await house.chargesOf(request.paymentId)).toHaveLength(1);
    await process.sweep();
    expect(await process.find(request.paymentId)).toMatchObject({ status: 'processing' });
    await sweepLater();
    await expectCapturedOnce(request);
    house.stripe.faults.releaseWebhooks();
    await sweepLater();
    await expectCapturedOnce(request);
  });

  it('is resolved once by the webhook, before the sweep comes', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/payment_intents' }, webhooks: { hold: true } });
    expect(await process.payments.open(request)).toMatchObject({ status: 'processing' });
    house.stripe.faults.releaseWebhooks();
    await waitUntil(async () => (await process.find(request.paymentId)).status === 'captured');
    await sweepLater();
    await expectCapturedOnce(request);
  });

  it('is not followed by another card before it is known: nobody pays twice', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ lostAnswer: { times: 2 * ALL_TRIES, path: '/v1/payment_intents' }, webhooks: { hold: true } });
    expect(await process.payments.open(request)).toMatchObject({ status: 'processing' });
    expect(await process.confirm(request, 'pm_card_mastercard')).toMatchObject({ status: 200, data: { status: 'processing' } });
    expect(await process.confirm(request, 'pm_card_mastercard')).toMatchObject({ status: 409, error: { code: 'ORDER_ALREADY_PAID' } });
    await expectCapturedOnce(request);
  });

  it('while it confirms again is resolved by asking again with its key', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    await process.payments.open(request);
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/payment_intents/*/confirm' }, webhooks: { hold: true } });
    expect(await process.confirm(request, 'pm_card_visa')).toMatchObject({ status: 200, data: { status: 'processing' } });
    await sweepLater();
    await expectCapturedOnce(request);
  });

  it('shows how the intent stands now, not how it stood when the answer was lost', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/payment_intents' }, webhooks: { drop: true } });
    expect(await process.payments.open(request)).toMatchObject({ status: 'processing' });
    await house.authenticate(request.paymentId, 'fail');
    await sweepLater();
    expect(await process.find(request.paymentId)).toMatchObject({ status: 'failed' });
  });

  it('does not stop the checkout of others while the provider is down, and is charged once it is up', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ status: { code: 500, times: 2 * ALL_TRIES } });
    expect(await process.payments.open(request)).toMatchObject({ status: 'processing' });
    await sweepLater();
    expect(await process.find(request.paymentId)).toMatchObject({ status: 'processing' });
    await process.sweep();
    expect(await process.find(request.paymentId)).toMatchObject({ status: 'processing' });
    await sweepLater();
    await expectCapturedOnce(request);
  });
});

describe('a crash', () => {
  it('before the provider was called is made good by opening again', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    await recorded(request);
    expect(await process.payments.open(request)).toMatchObject({ status: 'captured' });
    await expectCapturedOnce(request);
  });

  it.each(['opening again', 'the sweep'])('between the provider’s answer and its record is made good by %s', async (how) => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ webhooks: { drop: true } });
    await recorded(request);
    await chargedAndForgotten(request);
    if (how === 'the sweep') await sweepLater();
    else await process.payments.open(request);
    await expectCapturedOnce(request);
  });

  it('that is made good a day later looks the charge up instead of repeating it', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ webhooks: { drop: true } });
    await recorded(request);
    house.clock.advance(5 * 60 * MINUTE_MS);
    await chargedAndForgotten(request);
    await sweepLater(DAY_MS);
    await expectCapturedOnce(request);
  });

  it('before a second card was tried, made good a day later, does not try it any more', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    await process.payments.open(request);
    const store = process.app.get<AggregateStore<Payment>>(storeToken(Payment), { strict: false });
    const attempt = { attemptId: derivedId('att', request.paymentId, '2'), paymentMethodId: 'pm_card_visa', startedAt: house.clock.now() };
    await store.update(request.paymentId, (payment) => payment.startAttempt(attempt));
    await sweepLater(DAY_MS);
    expect(await process.find(request.paymentId)).toMatchObject({ status: 'failed', failure: { code: 'generic_decline' } });
    expect(await house.chargesOf(request.paymentId)).toEqual([]);
  });

  it('that is made good a day later charges nothing where nothing was charged', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    await recorded(request);
    await sweepLater(DAY_MS);
    expect(await process.find(request.paymentId)).toMatchObject({ status: 'failed', failure: { code: 'attempt_expired' } });
    expect(await house.intentsOf(request.paymentId)).toEqual([]);
    expect(await process.confirm(request, 'pm_card_visa')).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectCapturedOnce(request);
  });
});
