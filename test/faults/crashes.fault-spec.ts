import { setTimeout as pause } from 'node:timers/promises';
import { Cluster } from '../support/cluster.js';
import type { ProcessName } from '../support/cluster.js';
import { persist } from '../support/patient-buyer.js';
import { buy, byCard, soldOf, stockOf } from '../support/purchases.js';
import type { Item, Placed } from '../support/purchases.js';
import { scenario } from '../support/scenario.js';
import type { Person } from '../support/shop.js';
import { Shop } from '../support/shop.js';
import { waitUntil } from '../support/wait-until.js';

/** What ends everything that nobody finished. */
const SWEEPS = ['payments.sweep', 'checkout.sweep-purchases', 'inventory.sweep-holds'];
/** About as long as twenty checkouts at once take (milliseconds). */
const CHECKOUTS_TAKE_MS = 500;
const STARTS_WITHIN_MS = 60_000;

interface Stored {
  readonly _id: string;
}

describe('a crash', () => {
  const cluster = Cluster.use();
  const shop = new Shop(cluster);

  const statusesOfPurchasesWith = (variantId: string): Promise<string[]> =>
    cluster.mongo
      .collection<{ status: string }>('purchases')
      .find({ 'groups.items.variantId': variantId })
      .map(({ status }) => status)
      .toArray();

  /** Lets these buyers check out all at once, and kills an API process and the worker at random moments meanwhile. */
  const checkOutUnderFire = async (buyers: readonly Person[], items: readonly Item[], victim: ProcessName): Promise<Placed[]> => {
    const crash = async (name: ProcessName): Promise<void> => {
      await pause(Math.random() * CHECKOUTS_TAKE_MS);
      await cluster.restart(name);
    };
    const crashes = Promise.all([crash(victim), crash('worker')]);
    const answers = await Promise.all(
      buyers.map(({ client, accountId }, index) =>
        persist(client, inTurn(cluster.urls, index), (at) => buy(at, items, `the only one of ${accountId}`)),
      ),
    );
    await crashes;
    expect(answers.map(({ status, text }) => (status === 201 ? status : text))).toEqual(answers.map(() => 201));
    return answers.map((answer) => answer.body.data);
  };

  scenario(
    cluster,
    'of any process at any moment loses no purchase, doubles none and leaves nothing stuck',
    async () => {
      const [rounds, buyersARound, stock] = [5, 20, 1000];
      const sold = rounds * buyersARound;
      const products = await Promise.all([shop.aProduct({ stock }), shop.aProduct({ stock })]);
      const items = products.map(({ variantId }) => ({ variantId, quantity: 1 }));
      const before = cluster.stripe.counters();
      const placed: Placed[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const victim = round % 2 === 0 ? 'api1' : 'api2';
        placed.push(...(await checkOutUnderFire(await shop.someCustomers(buyersARound), items, victim)));
      }
      await cluster.settled();
      await cluster.sweepLater(15, SWEEPS);
      expect(new Set(placed.map(({ purchase }) => purchase.id)).size).toBe(sold);
      expect(await statusesOfPurchasesWith(products[0].variantId)).toEqual(Array.from({ length: sold }, () => 'confirmed'));
      const after = cluster.stripe.counters();
      expect([after.captures - before.captures, after.refunds - before.refunds]).toEqual([sold, 0]);
      for (const { variantId } of products) {
        expect(await soldOf(cluster.mongo, variantId)).toBe(sold);
        expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: stock - sold, reserved: 0 });
      }
    },
    180_000,
  );

  scenario(
    cluster,
    'before the orders are open leaves none open when the purchase is cancelled before the buyer tries again',
    async () => {
      const { variantId } = await shop.aProduct({ stock: 1 });
      const { client } = await shop.aCustomer();
      const checkOut = () => client.checkout<Placed>(byCard('pm_card_chargeDeclined', [{ variantId, quantity: 1 }]), 'the same');
      const { id: purchaseId, payment } = (await checkOut()).body.data.purchase;
      await cluster.settled();
      // As if the process had died right after it had held the stock.
      const [orders, payments, keys] = ['orders', 'payments', 'idempotency_keys'].map((name) => cluster.mongo.collection<Stored>(name));
      await orders?.deleteMany({ purchaseId });
      await payments?.deleteOne({ _id: payment.id });
      const unfinished = { $set: { state: 'in_progress', leaseUntil: new Date(0) } };
      await keys?.updateOne({ resourceId: purchaseId }, unfinished);
      expect((await client.post(`/purchases/${purchaseId}/cancel`)).status).toBe(200);
      const again = await checkOut();
      expect([again.status, again.body.data.purchase]).toMatchObject([201, { id: purchaseId, status: 'cancelled' }]);
      expect(again.body.data.purchase.orders.map(({ status }) => status)).toEqual(['cancelled']);
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 1, reserved: 0 });
    },
    60_000,
  );

  describe('after which the buyer tries again for the last piece', () => {
    const create = '/v1/payment_intents';
    const lastPiece = async () => {
      const { variantId } = await shop.aProduct({ stock: 1 });
      return { variantId, items: [{ variantId, quantity: 1 }], buyer: await shop.aCustomer(), before: cluster.stripe.counters() };
    };
    type Attempt = Awaited<ReturnType<typeof lastPiece>>;

    /** Checks out at the first process and kills it once the provider was asked for the money. */
    const crashWhilePaying = async ({ buyer, items, before }: Attempt, key: string): Promise<void> => {
      const lost = buy(buyer.client.at(cluster.urls[0]), items, key).then(
        ({ text }) => text,
        () => 'no answer',
      );
      const asked = () => Object.keys(cluster.stripe.counters().byIdempotencyKey).length;
      await waitUntil(() => asked() > Object.keys(before.byIdempotencyKey).length, { within: 20_000, describe: 'Stripe is asked' });
      await cluster.kill('api1');
      expect(await lost).toBe('no answer');
    };

    const endsWithOnePurchase = async ({ buyer, variantId, before }: Attempt): Promise<void> => {
      const confirmed = { 'buyer.id': buyer.accountId, status: 'confirmed' };
      await waitUntil(async () => (await cluster.mongo.collection('purchases').countDocuments(confirmed)) === 1, {
        within: 20_000,
        describe: 'one purchase of the buyer is confirmed',
      });
      await cluster.settled();
      await cluster.sweepLater(15, SWEEPS);
      const statuses = await statusesOfPurchasesWith(variantId);
      expect(statuses.filter((status) => status === 'confirmed')).toHaveLength(1);
      expect(statuses.filter((status) => !['confirmed', 'failed', 'cancelled'].includes(status))).toEqual([]);
      const after = cluster.stripe.counters();
      expect(after.captures - before.captures - (after.refunds - before.refunds)).toBe(1);
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 0, reserved: 0 });
    };

    afterEach(async () => {
      cluster.stripe.faults.clear();
      await cluster.start('api1');
    }, STARTS_WITHIN_MS);

    scenario(
      cluster,
      'with the same key, gets it and pays once',
      async () => {
        const attempt = await lastPiece();
        cluster.stripe.faults.set({ delay: { path: create, milliseconds: 1500 } });
        await crashWhilePaying(attempt, 'the same');
        const { buyer, items } = attempt;
        const again = await persist(buyer.client, [cluster.urls[1]], (at) => buy(at, items, 'the same'));
        expect(again.status).toBe(201);
        await endsWithOnePurchase(attempt);
      },
      90_000,
    );

    scenario(
      cluster,
      'with another key, gets it and pays once where the first try had not reached the provider',
      async () => {
        const attempt = await lastPiece();
        cluster.stripe.faults.set({ status: { path: create, code: 500, times: 100 } });
        await crashWhilePaying(attempt, 'the first');
        cluster.stripe.faults.set({ status: { path: create, code: 500, times: 0 } });
        const { buyer, items } = attempt;
        const again = await persist(buyer.client, [cluster.urls[1]], (at) => buy(at, items, 'the second'));
        expect([again.status, again.body.data?.purchase.status]).toEqual([201, 'confirmed']);
        await endsWithOnePurchase(attempt);
      },
      90_000,
    );

    // The money is on its way, so whoever hears the provider first decides: the first try has bought the piece.
    scenario(
      cluster,
      'with another key, is told that it is sold where the money of the first try is on its way, and has bought it with that',
      async () => {
        const attempt = await lastPiece();
        cluster.stripe.faults.set({ delay: { path: create, milliseconds: 3000 } });
        await crashWhilePaying(attempt, 'the first');
        const { buyer, items } = attempt;
        const again = await persist(buyer.client, [cluster.urls[1]], (at) => buy(at, items, 'the second'));
        expect([again.status, again.body.error?.code]).toEqual([422, 'INSUFFICIENT_STOCK']);
        await endsWithOnePurchase(attempt);
      },
      90_000,
    );
  });
});

function inTurn(urls: readonly string[], first: number): string[] {
  const start = first % urls.length;
  return [...urls.slice(start), ...urls.slice(0, start)];
}
