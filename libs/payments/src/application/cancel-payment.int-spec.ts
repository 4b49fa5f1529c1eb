import { setTimeout as pause } from 'node:timers/promises';
import { derivedId } from '@daraa/kernel';
import type { PaymentRequest, PaymentView } from '@daraa/payments';
import { PaymentCancelled, PaymentCaptured } from '@daraa/payments/events';
import { aPayment, PaymentsHouse } from '../../../../test/support/payments.js';
import type { PaymentsProcess } from '../../../../test/support/payments.js';
import { OutcomeUnknown, PaymentProvider } from './payment-provider.js';

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

const eventsOf = (definition: { readonly type: string }, paymentId: string) =>
  one.listener.count(definition, paymentId) + two.listener.count(definition, paymentId);

/** The end of a payment, as all who know of it tell it: the record, the provider and the events. */
async function expectEndsAlike({ paymentId }: PaymentRequest): Promise<'captured' | 'cancelled'> {
  await house.settled();
  const { status } = await one.find(paymentId);
  const isCaptured = status === 'captured';
  const [intents, charges] = [await house.intentsOf(paymentId), await house.chargesOf(paymentId)];
  expect(status).toMatch(/^(captured|cancelled)$/);
  expect(intents.map((intent) => intent.status)).toEqual(intents.length === 0 ? [] : [isCaptured ? 'succeeded' : 'canceled']);
  expect(charges).toHaveLength(isCaptured ? 1 : 0);
  expect([eventsOf(PaymentCaptured, paymentId), eventsOf(PaymentCancelled, paymentId)]).toEqual(isCaptured ? [1, 0] : [0, 1]);
  return isCaptured ? 'captured' : 'cancelled';
}

/** Cancels as the checkout's sweep does: again and again until the provider has said what became of it. */
async function cancelledAtLast(process: PaymentsProcess, request: PaymentRequest): Promise<PaymentView> {
  for (;;) {
    const view = await process.payments.cancel(request);
    if (view.status === 'captured' || view.status === 'cancelled') return view;
    await pause(20);
  }
}

describe('cancelling', () => {
  it('what was declined ends it at the provider as well, and a second time changes nothing', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
    await one.payments.open(request);
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'cancelled', clientSecret: null });
    expect(await two.payments.cancel(request)).toMatchObject({ status: 'cancelled' });
    expect(await expectEndsAlike(request)).toBe('cancelled');
  });

  it('what waits for 3-D Secure leaves nothing to authenticate', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    await one.payments.open(request);
    await one.payments.cancel(request);
    await expect(house.authenticate(request.paymentId, 'succeed')).rejects.toThrow('nothing to authenticate');
    expect(await expectEndsAlike(request)).toBe('cancelled');
  });

  it('what is captured changes nothing', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    await one.payments.open(request);
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'captured' });
    expect(await expectEndsAlike(request)).toBe('captured');
  });

  it('what was captured without our knowing says so: the provider decides', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    house.stripe.faults.set({ webhooks: { drop: true } });
    await one.payments.open(request);
    await house.authenticate(request.paymentId, 'succeed');
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'captured' });
    expect(await expectEndsAlike(request)).toBe('captured');
  });

  it('what was never opened keeps it from being opened later', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'cancelled' });
    expect(await two.payments.open(request)).toMatchObject({ status: 'cancelled' });
    expect(await two.confirm(request, 'pm_card_visa')).toMatchObject({ status: 409, error: { code: 'INVALID_TRANSITION' } });
    expect(await house.intentsOf(request.paymentId)).toEqual([]);
  });

  it('cash needs no provider', async () => {
    const request = aPayment({ method: 'cash_on_delivery' });
    await one.payments.open(request);
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'cancelled' });
    expect(await expectEndsAlike(request)).toBe('cancelled');
  });

  it('what the provider refused to open ends it without the provider', async () => {
    const request = aPayment({ paymentMethodId: 'pm_made_up' });
    await one.payments.open(request);
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'cancelled' });
    expect(await expectEndsAlike(request)).toBe('cancelled');
  });
});

describe('cancelling while nobody knows what became of the charge', () => {
  it('says captured where it was charged', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/payment_intents' }, webhooks: { drop: true } });
    expect(await one.payments.open(request)).toMatchObject({ status: 'processing' });
    expect(await two.payments.cancel(request)).toMatchObject({ status: 'captured' });
    expect(await expectEndsAlike(request)).toBe('captured');
  });

  it('charges nothing any more where it was not charged: neither the sweep, nor opening again, nor the call that is late', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    house.stripe.faults.set({ status: { code: 500, times: 2 * ALL_TRIES } });
    expect(await one.payments.open(request)).toMatchObject({ status: 'processing' });
    expect(await two.payments.cancel(request)).toMatchObject({ status: 'processing' });
    expect(await one.payments.open(request)).toMatchObject({ status: 'processing' });
    expect(await one.confirm(request, 'pm_card_mastercard')).toMatchObject({ status: 409, error: { code: 'INVALID_TRANSITION' } });
    expect(await house.chargesOf(request.paymentId)).toEqual([]);

    house.clock.advance(2 * MINUTE_MS);
    await two.sweep();
    expect(await one.find(request.paymentId)).toMatchObject({ status: 'cancelled' });
    const late = one.app.get(PaymentProvider, { strict: false }).create({
      ...request,
      attemptId: derivedId('att', request.paymentId, '1'),
      payableId: request.payable.id,
    });
    await expect(late).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await expectEndsAlike(request)).toBe('cancelled');
  });

  it('finds a day later what was opened, and cancels it', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    house.stripe.faults.set({ lostAnswer: { times: ALL_TRIES, path: '/v1/payment_intents' }, webhooks: { drop: true } });
    expect(await one.payments.open(request)).toMatchObject({ status: 'processing' });
    house.clock.advance(DAY_MS);
    expect(await one.payments.cancel(request)).toMatchObject({ status: 'cancelled' });
    expect(await expectEndsAlike(request)).toBe('cancelled');
  });
});

describe('cancelling while another process charges', () => {
  const RACES = 60;
  const AT_ONCE = 12;

  /** Both at once, the one or the other a little earlier, at a provider that takes its time now and then. */
  async function race(request: PaymentRequest, number: number, charge: () => Promise<unknown>): Promise<void> {
    house.stripe.faults.set({ delay: { milliseconds: (number * 7) % 40, times: 2 } });
    await Promise.all([pause((number * 5) % 60).then(charge), pause((number * 11) % 60).then(() => cancelledAtLast(two, request))]);
  }

  /** Runs the races in groups and returns how they ended. */
  async function endsOf(prepare: () => Promise<PaymentRequest>, charge: (request: PaymentRequest) => Promise<unknown>): Promise<string[]> {
    const ends: string[] = [];
    for (let start = 0; start < RACES; start += AT_ONCE) {
      const requests = await Promise.all(Array.from({ length: AT_ONCE }, prepare));
      await Promise.all(requests.map((request, index) => race(request, start + index, () => charge(request))));
      for (const request of requests) ends.push(await expectEndsAlike(request));
    }
    return [...new Set(ends)].sort();
  }

  it(`ends as exactly one of captured and cancelled, as the provider has it: ${RACES} races with the first attempt`, async () => {
    const ends = await endsOf(
      () => Promise.resolve(aPayment({ paymentMethodId: 'pm_card_visa' })),
      (request) => one.payments.open(request),
    );
    expect(ends).toEqual(['cancelled', 'captured']);
  }, 60_000);

  it(`ends as exactly one of captured and cancelled, as the provider has it: ${RACES} races with a second card`, async () => {
    const ends = await endsOf(
      async () => {
        const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
        await one.payments.open(request);
        return request;
      },
      (request) => one.confirm(request, 'pm_card_visa'),
    );
    expect(ends).toEqual(['cancelled', 'captured']);
  }, 60_000);
});
