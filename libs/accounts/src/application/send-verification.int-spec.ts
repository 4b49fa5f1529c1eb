import { Sweeper } from '@daraa/platform';
import { Redis } from 'ioredis';
import { freshDatabase } from '../../../../test/support/database.js';
import { codeTo, freshEmail, messagesTo, registrationOf, startAccounts, waitUntil } from '../../../../test/support/accounts-application.js';
import type { AccountsApplication } from '../../../../test/support/accounts-application.js';
import { OwnRedis } from '../../../../test/support/own-redis.js';
import { textOf } from '../../../../test/support/raw-database.js';
import { VerificationRequested } from '../events.js';
import { challengeIdOf } from './ids.js';
import { VerificationSender } from './send-verification.js';

const database = freshDatabase();
const redis = await OwnRedis.create();
afterEach(() => redis.stop());

async function register(accounts: AccountsApplication): Promise<{ email: string; challengeId: string }> {
  const email = freshEmail();
  const registered = await accounts.call<{ account: { id: string } }>('POST', '/auth/register', { body: registrationOf(email) });
  expect(registered.status).toBe(201);
  return { email, challengeId: challengeIdOf(registered.data.account.id) };
}

describe('a code that is to be sent', () => {
  it('waits while Redis is away, and is sent once it is back', async () => {
    const accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_URL: redis.url, REDIS_PREFIX: 'away' });
    const { email } = await register(accounts);
    const isGivenUp = async (): Promise<boolean> => !(await textOf(database.uri)).includes(VerificationRequested.type);
    await waitUntil(isGivenUp, { describe: 'the queue is not asked any more' });
    await redis.start();
    accounts.clock.advance(6000);
    await accounts.app.get(Sweeper, { strict: false }).run('accounts.send-due-verifications');
    await codeTo(email);
    await accounts.close();
  });

  it('is sent although Redis was emptied', async () => {
    await redis.start();
    const environment = { MONGODB_URI: database.uri, REDIS_URL: redis.url, REDIS_PREFIX: 'emptied' };
    const api = await startAccounts(environment, { works: false });
    const { email, challengeId } = await register(api);
    await textOfRedis(redis.url, challengeId);
    const commands = new Redis(redis.url);
    await commands.flushall();
    await commands.quit();
    api.clock.advance(6000);
    const worker = await startAccounts(environment, { clock: api.clock });
    await worker.app.get(Sweeper, { strict: false }).run('accounts.send-due-verifications');
    await codeTo(email);
    await Promise.all([api.close(), worker.close()]);
  });

  it('is in Redis by its id alone: neither the code nor the person', async () => {
    await redis.start();
    const environment = { MONGODB_URI: database.uri, REDIS_URL: redis.url, REDIS_PREFIX: 'secret' };
    const api = await startAccounts(environment, { works: false });
    const { email, challengeId } = await register(api);
    const queued = await textOfRedis(redis.url, challengeId);
    expect(queued).not.toContain(email);
    expect(queued).not.toContain('Lina');
    const worker = await startAccounts(environment, { clock: api.clock });
    expect(queued).not.toContain(await codeTo(email));
    await Promise.all([api.close(), worker.close()]);
  });

  it('is sent once, however many send it at the same time', async () => {
    const environment = { MONGODB_URI: database.uri, REDIS_URL: redis.url, REDIS_PREFIX: 'twice' };
    const [one, other] = [await startAccounts(environment), await startAccounts(environment)];
    const { email, challengeId } = await register(one);
    const first = one.app.get(VerificationSender, { strict: false });
    const second = other.app.get(VerificationSender, { strict: false });
    await Promise.all(Array.from({ length: 10 }, (_each, index) => (index % 2 ? first : second).send({ challengeId })));
    await first.send({ challengeId });
    expect(await messagesTo(email)).toHaveLength(1);
    await Promise.all([one.close(), other.close()]);
  });

  it('is sent by another at once when the mail server has refused it', async () => {
    const environment = { MONGODB_URI: database.uri, REDIS_URL: redis.url, REDIS_PREFIX: 'refused' };
    // Nothing listens there while this Redis is stopped.
    const broken = await startAccounts({ ...environment, SMTP_URL: `smtp://127.0.0.1:${redis.port}` });
    const { email, challengeId } = await register(broken);
    await expect(broken.app.get(VerificationSender, { strict: false }).send({ challengeId })).rejects.toThrow();
    const sound = await startAccounts(environment, { clock: broken.clock });
    await sound.app.get(VerificationSender, { strict: false }).send({ challengeId });
    expect(await messagesTo(email)).toHaveLength(1);
    await Promise.all([broken.close(), sound.close()]);
  });
});

/** All values of a Redis that names this challenge, once it does. */
async function textOfRedis(url: string, challengeId: string): Promise<string> {
  const redis = new Redis(url);
  try {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const keys = await redis.keys('*');
      const hashes = await Promise.all(keys.map(async (key) => ((await redis.type(key)) === 'hash' ? redis.hgetall(key) : key)));
      const text = JSON.stringify(hashes);
      if (text.includes(`\\"challengeId\\":\\"${challengeId}\\"`)) return text;
    }
    throw new Error(`Redis does not name ${challengeId}`);
  } finally {
    await redis.quit();
  }
}
