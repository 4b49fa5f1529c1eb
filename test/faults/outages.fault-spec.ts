import { randomUUID } from 'node:crypto';
import { Cluster } from '../support/cluster.js';
import { messagesTo } from '../support/inbox.js';
import { OwnRedis } from '../support/own-redis.js';
import { persist } from '../support/patient-buyer.js';
import { buy, soldOf, stockOf } from '../support/purchases.js';
import { scenario } from '../support/scenario.js';
import type { Person } from '../support/shop.js';
import { PASSWORD, Shop } from '../support/shop.js';
import { waitUntil } from '../support/wait-until.js';

const AT_ONCE = 8;
/** What a process promises to take at most for its end (milliseconds). */
const EXITS_WITHIN_MS = 15_000;

/** A port that is closed, or a connection that was closed while a request was on its way to it. */
const NEVER_BEGUN: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET']);

const redis = await OwnRedis.create();

describe('without losing a request', () => {
  beforeAll(() => redis.start());
  const cluster = Cluster.use(() => ({ REDIS_URL: redis.url }));
  const shop = new Shop(cluster);

  scenario(
    cluster,
    'checkouts go on while Redis is gone, and what was to be sent is sent when it is back',
    async () => {
      const { variantId } = await shop.aProduct({ stock: 100 });
      const items = [{ variantId, quantity: 1 }];
      const buyers = await shop.someCustomers(3 * AT_ONCE);
      const checkOut = (some: readonly Person[]) =>
        Promise.all(some.map(({ client }, index) => buy(client.at(cluster.urls[index % 2 === 0 ? 0 : 1]), items)));
      const email = `while-away-${randomUUID()}@example.test`;

      const running = checkOut(buyers.slice(0, AT_ONCE));
      await redis.stop();
      const away = await checkOut(buyers.slice(AT_ONCE, 2 * AT_ONCE));
      const registered = await cluster.guest.post('/auth/register', { email, password: PASSWORD, firstName: 'Layla', lastName: 'Haddad' });
      expect([registered.status, await messagesTo(email)]).toEqual([201, []]);
      await redis.start();
      const back = await checkOut(buyers.slice(2 * AT_ONCE));

      const answers = [...(await running), ...away, ...back];
      expect(answers.map(({ status, text }) => (status === 201 ? status : text))).toEqual(answers.map(() => 201));
      expect(new Set(answers.map((answer) => answer.body.data.purchase.status))).toEqual(new Set(['confirmed']));
      await waitUntil(async () => (await messagesTo(email)).length > 0, { within: 60_000, describe: 'the code was sent' });
      await cluster.settled();
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 100 - answers.length, reserved: 0 });
      expect(await messagesTo(email)).toHaveLength(1);
    },
    120_000,
  );

  scenario(
    cluster,
    'a process of the API is stopped under load and started again, three times',
    async () => {
      const stops = ['api1', 'api2', 'api1'] as const;
      const { variantId } = await shop.aProduct({ stock: 10_000 });
      const items = [{ variantId, quantity: 1 }];
      const buyers = await shop.someCustomers(AT_ONCE);
      const turnedAway = new Set<string>();
      let isOver = false;
      let bought = 0;
      const keepBuying = async ({ client }: Person, line: number): Promise<void> => {
        const urls = line % 2 === 0 ? cluster.urls : [...cluster.urls].reverse();
        while (!isOver) {
          const key = randomUUID();
          const answer = await persist(client, urls, (at) =>
            buy(at, items, key).catch((error: unknown) => {
              turnedAway.add(reasonOf(error));
              throw error;
            }),
          );
          expect([answer.status, answer.body.error]).toEqual([201, undefined]);
          // An answer that was given and did not arrive would be repeated here.
          expect(answer.headers.get('idempotent-replayed')).toBeNull();
          bought += 1;
        }
      };
      const load = Promise.all(buyers.map(keepBuying));
      for (const name of stops) {
        await waitUntilMore(() => bought, AT_ONCE);
        const from = performance.now();
        expect(await cluster.kill(name, 'SIGTERM')).toEqual({ code: 0, signal: null });
        expect(performance.now() - from).toBeLessThan(EXITS_WITHIN_MS);
        await cluster.start(name);
      }
      isOver = true;
      await load;
      expect([...turnedAway].filter((reason) => !NEVER_BEGUN.has(reason))).toEqual([]);
      await cluster.settled();
      expect(await soldOf(cluster.mongo, variantId)).toBe(bought);
      expect(await stockOf(cluster.mongo, variantId)).toEqual({ onHand: 10_000 - bought, reserved: 0 });
    },
    120_000,
  );
});

/** Resolves when a number has grown by so much. */
async function waitUntilMore(count: () => number, more: number): Promise<void> {
  const start = count();
  await waitUntil(() => count() >= start + more, { within: 30_000, describe: `${more} more are counted` });
}

/** Why `fetch` could not get an answer. */
function reasonOf(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  // Errors of the system are no instances of the Error that a test sees.
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(error);
}
