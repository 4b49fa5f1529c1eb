import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, ApiClient } from '../support/api-client.js';
import { Cluster } from '../support/cluster.js';
import { persist } from '../support/patient-buyer.js';
import { authenticate, moneyAt } from '../support/provider.js';
import { buy, byCard, intentOf, soldOf, stockOf } from '../support/purchases.js';
import type { Placed, PurchaseSeen } from '../support/purchases.js';
import { scenario } from '../support/scenario.js';
import { Shop } from '../support/shop.js';
import type { Person } from '../support/shop.js';
import { waitUntil } from '../support/wait-until.js';

const MANY = 200;
/** How far apart two checkouts of one buyer may begin (milliseconds). */
const OFFSET_MS = 60;

interface Raced {
  readonly client: ApiClient;
  readonly purchase: PurchaseSeen;
}

describe('two processes of the API', () => {
  const cluster = Cluster.use();
  const shop = new Shop(cluster);

  const statusesOf = (ids: readonly string[]) =>
    cluster.mongo
      .collection<{ _id: string; status: string }>('purchases')
      .find({ _id: { $in: [...ids] } })
      .map(({ status }) => status)
      .toArray();

  scenario(
    cluster,
    'sell 50 units to 200 buyers exactly once, also where a variant stands twice in a basket',
    async () => {
      const stock = 50;
      const { variantId } = await shop.aProduct({ stock });
      const buyers = await shop.someCustomers(MANY);
      const once = { variantId, quantity: 1 };
      const answers = await Promise.all(
        buyers.map(({ client }, index) => buy(client.at(cluster.urls[index % 2 === 0 ? 0 : 1]), index % 5 === 0 ? [once, once] : [once])),
      );
      const bought = answers.filter((answer) => answer.status === 201);
      const refused = answers.filter((answer) => answer.status !== 201);
      expect(new Set(bought.map((answer) => answer.body.data.purchase.status))).toEqual(new Set(['confirmed']));
      expect(new Set(refused.map((answer) => `${answer.status} ${answer.body.error.code}`))).toEqual(new Set(['422 INSUFFICIENT_STOCK']));
      await cluster.settled();
      const sold = await soldOf(cluster.mongo, variantId);
      const left = await stockOf(cluster.mongo, variantId);
      expect({ ...left, sold }).toEqual({ onHand: stock - sold, reserved: 0, sold });
      // Buyers of two may leave a single piece over, which the buyers of one before them did not want.
      expect([0, 1]).toContain(left.onHand);
      expect(cluster.stripe.counters().charges).toBe(bought.length);
    },
    60_000,
  );

  scenario(
    cluster,
    'make one purchase and one charge of 50 parallel checkouts with one key, and give all the same bytes',
    async () => {
      const { variantId } = await shop.aProduct({ stock: 100 });
      const { client } = await shop.aCustomer();
      const before = cluster.stripe.counters();
      const key = randomUUID();
      const inTurn = (index: number) => [...cluster.urls.slice(index % 2), ...cluster.urls.slice(0, index % 2)];
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          persist(client, inTurn(index), (at) => buy(at, [{ variantId, quantity: 1 }], key)),
        ),
      );
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
      expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
      expect(answers[0]?.body.data.purchase.status).toBe('confirmed');
      const after = cluster.stripe.counters();
      expect([after.intents - before.intents, after.charges - before.charges]).toEqual([1, 1]);
      expect(await cluster.mongo.collection('purchases').countDocuments({ 'groups.items.variantId': variantId })).toBe(1);
      await cluster.settled();
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 99, reserved: 0 });
    },
    60_000,
  );

  scenario(
    cluster,
    'confirm 200 purchases once each when each of their webhooks comes five times and in no order',
    async () => {
      const { variantId } = await shop.aProduct({ stock: 500 });
      const before = cluster.stripe.counters();
      cluster.stripe.faults.set({ webhooks: { hold: true, duplicate: 4, shuffle: true } });
      const buyers = await shop.someCustomers(MANY);
      const items = [{ variantId, quantity: 1 }];
      const answers: Answer<Placed>[] = await Promise.all(
        buyers.map(({ client }, index) =>
          client.at(cluster.urls[index % 2 === 0 ? 0 : 1]).checkout<Placed>(byCard('pm_card_authenticationRequired', items)),
        ),
      );
      const purchases = answers.map((answer) => answer.body.data.purchase);
      expect(new Set(purchases.map(({ payment }) => payment.status))).toEqual(new Set(['requires_action']));
      await Promise.all(purchases.map((purchase) => authenticate(cluster.stripe, intentOf(purchase))));
      cluster.stripe.faults.releaseWebhooks();
      const ids = purchases.map(({ id }) => id);
      await waitUntil(async () => (await statusesOf(ids)).every((status) => status === 'confirmed'), {
        within: 60_000,
        describe: 'all purchases are confirmed',
      });
      cluster.stripe.faults.clear();
      const after = cluster.stripe.counters();
      expect([after.captures - before.captures, after.refunds - before.refunds]).toEqual([MANY, 0]);
      await cluster.settled();
      expect(await soldOf(cluster.mongo, variantId)).toBe(MANY);
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 500 - MANY, reserved: 0 });
      expect(await cluster.mongo.collection('stock_movements').countDocuments({ variantId, kind: 'sale' })).toBe(MANY);
    },
    120_000,
  );

  scenario(
    cluster,
    'confirm a purchase or end it without money when cancelling races with paying',
    async () => {
      const [races, stock] = [30, 100];
      const { variantId } = await shop.aProduct({ stock });
      const buyers = await shop.someCustomers(races);
      const items = [{ variantId, quantity: 1 }];
      const race = async ({ client }: Person, index: number): Promise<Raced> => {
        const [one, other] = [client.at(cluster.urls[0]), client.at(cluster.urls[1])];
        const { purchase } = (await one.checkout<Placed>(byCard('pm_card_authenticationRequired', items))).body.data;
        const cancel = () => persist(one, [one.url], (at) => at.post(`/purchases/${purchase.id}/cancel`));
        const pay = async () => {
          // From one millisecond to two seconds: the first ones are paid in time, the last ones too late, on any machine.
          await pause(2000 ** (index / races));
          await authenticate(cluster.stripe, intentOf(purchase));
          return persist(other, [other.url], (at) => at.post(`/payments/${purchase.payment.id}/confirm`, {}));
        };
        await Promise.all([cancel(), pay()]);
        return { client, purchase };
      };
      const raced = await Promise.all(buyers.map(race));
      await cluster.settled();
      await cluster.sweepLater(5, ['payments.sweep', 'checkout.sweep-purchases']);
      let sold = 0;
      for (const { client, purchase } of raced) {
        const seen = (await client.get<PurchaseSeen>(`/purchases/${purchase.id}`)).body.data;
        const money = await moneyAt(cluster.stripe, intentOf(purchase));
        const paid = purchase.total.amount;
        const keeps = { captured: paid, refunds: 0 };
        const givesBack = money.captured === 0 ? { refunds: 0 } : { captured: paid, refunds: 1, refunded: paid };
        expect(['confirmed', 'cancelled']).toContain(seen.status);
        expect(money).toMatchObject(seen.status === 'confirmed' ? keeps : givesBack);
        expect(seen.orders.map(({ status }) => status)).toEqual([seen.status === 'confirmed' ? 'placed' : 'cancelled']);
        if (seen.status === 'confirmed') sold += 1;
      }
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: stock - sold, reserved: 0 });
    },
    120_000,
  );

  scenario(
    cluster,
    'refund an order once and put its pieces back when it is cancelled at both in the moment it is paid',
    async () => {
      const [races, stock] = [12, 100];
      const { variantId } = await shop.aProduct({ stock });
      const buyers = await shop.someCustomers(races);
      const race = async ({ client }: Person): Promise<PurchaseSeen> => {
        const [one, other] = [client.at(cluster.urls[0]), client.at(cluster.urls[1])];
        const { purchase } = (await one.checkout<Placed>(byCard('pm_card_authenticationRequired', [{ variantId, quantity: 1 }]))).body.data;
        const cancelAt = (client: ApiClient) =>
          waitUntil(async () => (await client.post(`/orders/${purchase.orders[0]?.id}/cancel`, { reason: 'A mistake.' })).status === 200, {
            within: 20_000,
            describe: 'the order is paid and can be cancelled',
          });
        const pay = async () => {
          await pause(Math.random() * OFFSET_MS);
          await authenticate(cluster.stripe, intentOf(purchase));
          await other.post(`/payments/${purchase.payment.id}/confirm`, {});
        };
        await Promise.all([cancelAt(one), cancelAt(other), pay()]);
        return purchase;
      };
      const purchases = await Promise.all(buyers.map(race));
      await cluster.settled();
      for (const purchase of purchases) {
        const paid = purchase.total.amount;
        expect(await moneyAt(cluster.stripe, intentOf(purchase))).toMatchObject({ captured: paid, refunded: paid, refunds: 1 });
      }
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: stock, reserved: 0 });
    },
    120_000,
  );

  scenario(
    cluster,
    'sell the last piece once to a buyer who checks out twice at once, and leave no order open',
    async () => {
      const buyers = await shop.someCustomers(20);
      const wishes = await Promise.all(buyers.map(async ({ client }) => ({ client, ...(await shop.aProduct({ stock: 1 })) })));
      const buyTwice = async ({ client, variantId }: (typeof wishes)[number]): Promise<void> => {
        const attempt = async (url: string) => {
          await pause(Math.random() * OFFSET_MS);
          return persist(client, [url], (at) => buy(at, [{ variantId, quantity: 1 }], url));
        };
        const answers = await Promise.all(cluster.urls.map(attempt));
        expect(answers.map(({ status }) => status).filter((status) => ![201, 410, 422].includes(status))).toEqual([]);
        const confirmed = { status: 'confirmed', 'groups.items.variantId': variantId };
        expect(await cluster.mongo.collection('purchases').countDocuments(confirmed)).toBe(1);
      };
      await Promise.all(wishes.map(buyTwice));
      await cluster.settled();
      for (const { variantId } of wishes) {
        expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 0, reserved: 0 });
        const orders = await cluster.mongo.collection('orders').find({ 'lines.variantId': variantId }).toArray();
        const statuses = orders.map((order) => String(order['status']));
        expect(statuses.filter((status) => status !== 'cancelled')).toEqual(['placed']);
      }
    },
    60_000,
  );
});
