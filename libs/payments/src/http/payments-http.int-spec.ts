import { randomIds } from '@daraa/kernel';
import { PaymentCaptured } from '@daraa/payments/events';
import { aGuest, aPayment, PaymentsHouse } from '../../../../test/support/payments.js';
import type { PaymentsProcess } from '../../../../test/support/payments.js';

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

async function declined() {
  const request = aPayment({ paymentMethodId: 'pm_card_chargeDeclined' });
  await one.payments.open(request);
  return request;
}

async function expectOneCharge(paymentId: string): Promise<void> {
  await house.settled();
  expect(await one.find(paymentId)).toMatchObject({ status: 'captured' });
  expect(await house.chargesOf(paymentId)).toHaveLength(1);
  expect(one.listener.count(PaymentCaptured, paymentId) + two.listener.count(PaymentCaptured, paymentId)).toBe(1);
}

describe('a buyer', () => {
  it('sees their own payment, without anything of the provider but the client secret', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    await one.payments.open(request);
    const { status, data } = await one.call('GET', `/payments/${request.paymentId}`, undefined, { as: request.buyer });
    expect(status).toBe(200);
    expect(data).toEqual({
      id: request.paymentId,
      payable: request.payable,
      method: 'card',
      status: 'requires_action',
      amount: request.amount,
      refunded: { amount: 0, currency: 'USD' },
      clientSecret: expect.stringMatching(/^pi_.+_secret_/),
      failure: null,
      createdAt: expect.any(String),
      version: 2,
    });
  });

  it('cannot see or confirm another’s payment, nor one that does not exist: both answer alike', async () => {
    const { paymentId } = await declined();
    const stranger = aPayment().buyer;
    for (const id of [paymentId, randomIds.next('pay'), 'pay_made_up']) {
      for (const asking of [{ as: stranger }, { cartToken: aGuest().cartToken }]) {
        const seen = await one.call('GET', `/payments/${id}`, undefined, asking);
        const confirmed = await one.call('POST', `/payments/${id}/confirm`, { paymentMethodId: 'pm_card_visa' }, asking);
        for (const answer of [seen, confirmed]) expect(answer).toMatchObject({ status: 404, error: { code: 'PAYMENT_NOT_FOUND' } });
        expect(seen.error.message).toBe(confirmed.error.message);
      }
    }
    expect(await house.chargesOf(paymentId)).toEqual([]);
  });

  it('who is nobody is asked to log in', async () => {
    const { paymentId } = await declined();
    expect(await one.call('GET', `/payments/${paymentId}`, undefined, {})).toMatchObject({ status: 401 });
    expect(await one.call('POST', `/payments/${paymentId}/confirm`, {}, {})).toMatchObject({ status: 401 });
  });

  it('who is a guest sees and pays by the cart token, and another guest does not', async () => {
    const guest = aGuest();
    const request = aPayment({ buyer: guest.buyer, paymentMethodId: 'pm_card_chargeDeclined' });
    await one.payments.open(request);
    const url = `/payments/${request.paymentId}`;
    expect(await one.call('GET', url, undefined, { cartToken: aGuest().cartToken })).toMatchObject({ status: 404 });
    const seen = await one.call('GET', url, undefined, { cartToken: guest.cartToken });
    expect(seen).toMatchObject({ status: 200, data: { status: 'failed' } });
    const paid = await one.call('POST', `${url}/confirm`, { paymentMethodId: 'pm_card_visa' }, { cartToken: guest.cartToken });
    expect(paid).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectOneCharge(request.paymentId);
  });

  it.each([{ paymentMethodId: { $gt: '' } }, { paymentMethodId: 'visa' }, { paymentMethodId: 7 }, { amount: { amount: 1 } }])(
    'who confirms with %j is told what is wrong',
    async (body) => {
      const { paymentId, buyer } = await declined();
      const answer = await one.call('POST', `/payments/${paymentId}/confirm`, body, { as: buyer });
      expect(answer).toMatchObject({ status: 400, error: { code: 'VALIDATION_ERROR' } });
    },
  );
});

describe('a confirmation', () => {
  it('that is declined answers 402 with the reason and the payment, which can be tried again', async () => {
    const request = await declined();
    const answer = await one.confirm(request, 'pm_card_chargeDeclinedExpiredCard');
    expect(answer).toMatchObject({
      status: 402,
      error: {
        code: 'PAYMENT_FAILED',
        message: 'Your card has expired.',
        data: { declineCode: 'expired_card', payment: { id: request.paymentId, status: 'failed', failure: { code: 'expired_card' } } },
      },
    });
    expect(await one.confirm(request, 'pm_card_visa')).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectOneCharge(request.paymentId);
  });

  it('of what is paid answers that it is paid', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_visa' });
    await one.payments.open(request);
    expect(await one.confirm(request, 'pm_card_mastercard')).toMatchObject({ status: 409, error: { code: 'ORDER_ALREADY_PAID' } });
    await expectOneCharge(request.paymentId);
  });

  it('of cash, or of what is cancelled, is not possible', async () => {
    const [cash, cancelled] = [aPayment({ method: 'cash_on_delivery' }), await declined()];
    await one.payments.open(cash);
    await one.payments.cancel(cancelled);
    for (const request of [cash, cancelled]) {
      expect(await one.confirm(request, 'pm_card_visa')).toMatchObject({ status: 409, error: { code: 'INVALID_TRANSITION' } });
    }
    expect(await house.chargesOf(cancelled.paymentId)).toEqual([]);
  });

  it('without a card says what the client has completed: 3-D Secure passed', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    house.stripe.faults.set({ webhooks: { hold: true } });
    await one.payments.open(request);
    expect(await one.confirm(request)).toMatchObject({ status: 200, data: { status: 'requires_action' } });
    await house.authenticate(request.paymentId, 'succeed');
    expect(await one.confirm(request)).toMatchObject({ status: 200, data: { status: 'captured', clientSecret: null } });
    expect(await one.confirm(request)).toMatchObject({ status: 200, data: { status: 'captured' } });
    house.stripe.faults.releaseWebhooks();
    await expectOneCharge(request.paymentId);
  });

  it('without a card says what the client has completed: 3-D Secure failed, and another card may pay', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    house.stripe.faults.set({ webhooks: { hold: true } });
    await one.payments.open(request);
    await house.authenticate(request.paymentId, 'fail');
    const answer = await one.confirm(request);
    expect(answer).toMatchObject({ status: 402, error: { data: { declineCode: 'payment_intent_authentication_failure' } } });
    expect(await one.confirm(request, 'pm_card_visa')).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectOneCharge(request.paymentId);
  });

  it('without a card, while the provider does not answer, says so', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    await one.payments.open(request);
    house.stripe.faults.set({ status: { code: 500, method: 'GET', times: 3 } });
    expect(await one.confirm(request)).toMatchObject({ status: 503, error: { code: 'SERVICE_UNAVAILABLE' } });
  });

  it('with a card instead of 3-D Secure pays with that card', async () => {
    const request = aPayment({ paymentMethodId: 'pm_card_authenticationRequired' });
    await one.payments.open(request);
    expect(await one.confirm(request, 'pm_card_visa')).toMatchObject({ status: 200, data: { status: 'captured' } });
    await expectOneCharge(request.paymentId);
  });

  it('repeated with its key gives the first answer, and makes one attempt', async () => {
    const request = await declined();
    const before = house.stripe.counters().declines;
    const first = await one.confirm(request, 'pm_card_chargeDeclined', 'key-of-this-try');
    const second = await two.confirm(request, 'pm_card_chargeDeclined', 'key-of-this-try');
    expect(first.status).toBe(402);
    expect(second).toEqual(first);
    expect(house.stripe.counters().declines).toBe(before + 1);
  });
});

describe('parallel confirmations', () => {
  it('of one card in two processes charge once', async () => {
    const request = await declined();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => processOf(index).confirm(request, 'pm_card_visa')));
    const unexpected = answers.filter(
      ({ status, data, error }) =>
        !(status === 200 && (data.status === 'captured' || data.status === 'processing')) && error?.code !== 'ORDER_ALREADY_PAID',
    );
    expect(unexpected).toEqual([]);
    expect(answers.some(({ status, data }) => status === 200 && data.status === 'captured')).toBe(true);
    await expectOneCharge(request.paymentId);
  });

  it('of many cards, good and bad, charge once', async () => {
    const request = await declined();
    const good = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex'];
    const cards = ['pm_card_chargeDeclined', 'pm_made_up', 'pm_card_authenticationRequired', ...good];
    const answers = await Promise.all(
      Array.from({ length: 18 }, (_, index) => processOf(index).confirm(request, cards[index % cards.length])),
    );
    expect(answers.filter(({ status }) => ![200, 402, 409].includes(status))).toEqual([]);
    await one.confirm(request, 'pm_card_visa');
    await expectOneCharge(request.paymentId);
  });

  it('of a card that is declined are one attempt where they meet, and one decline each', async () => {
    const request = await declined();
    const before = house.stripe.counters().declines;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => processOf(index).confirm(request, 'pm_card_chargeDeclined')),
    );
    expect(answers.filter(({ status, data }) => status !== 402 && data?.status !== 'processing')).toEqual([]);
    const stored = await one.connection.collection<{ _id: string; attempts: object[] }>('payments').findOne({ _id: request.paymentId });
    expect(house.stripe.counters().declines - before).toBe((stored?.attempts.length ?? 0) - 1);
    expect(stored?.attempts.length).toBeLessThan(20);
  });
});
