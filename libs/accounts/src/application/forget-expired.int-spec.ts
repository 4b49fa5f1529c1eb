import { Sweeper } from '@daraa/platform';
import { freshDatabase } from '../../../../test/support/database.js';
import { freshEmail, PASSWORD, signUp, startAccounts, waitUntil } from '../../../../test/support/accounts-application.js';
import type { AccountsApplication, Tokens } from '../../../../test/support/accounts-application.js';
import { textOf } from '../../../../test/support/raw-database.js';
import { challengeIdOf, securityProfileIdOf } from './ids.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const database = freshDatabase();
let accounts: AccountsApplication;

beforeAll(async () => {
  accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name });
});
afterAll(() => accounts.close());

async function sweep(): Promise<void> {
  await accounts.app.get(Sweeper, { strict: false }).run('accounts.forget-expired');
}

const isStored = async (text: string | undefined): Promise<boolean> => (await textOf(database.uri)).includes(`"_id":"${text}"`);
const sessionOf = ({ refreshToken }: Tokens): string | undefined => refreshToken.split('.')[0];

describe('the sweep', () => {
  it('keeps a session that was ended for as long as its access token is good, and forgets it later', async () => {
    const ended = await signUp(accounts);
    const open = await signUp(accounts);
    await accounts.call('POST', '/auth/logout', { body: { refreshToken: ended.refreshToken } });
    accounts.clock.advance(15 * MINUTE_MS);
    await sweep();
    expect(await isStored(sessionOf(ended))).toBe(true);
    accounts.clock.advance(15 * MINUTE_MS + 1);
    await sweep();
    expect([await isStored(sessionOf(ended)), await isStored(sessionOf(open))]).toEqual([false, true]);
    accounts.clock.advance(7 * DAY_MS);
    await sweep();
    expect(await isStored(sessionOf(open))).toBe(false);
  });

  it('forgets a code an hour after it expired, and never the account', async () => {
    const { account } = await signUp(accounts);
    const challengeId = challengeIdOf(account.id);
    accounts.clock.advance(70 * MINUTE_MS);
    await sweep();
    expect(await isStored(challengeId)).toBe(true);
    accounts.clock.advance(1);
    await waitUntil(async () => {
      await sweep();
      return !(await isStored(challengeId));
    });
    expect([await isStored(account.id), await isStored(securityProfileIdOf(account.id))]).toEqual([true, true]);
  });

  it('forgets the failures of an email that belongs to nobody when its lock ends, and no password', async () => {
    const known = await signUp(accounts, freshEmail());
    const counted = async (): Promise<number> => (await textOf(database.uri)).split('"passwordHashes":[],"failedAttempts"').length - 1;
    await accounts.call('POST', '/auth/login', { body: { email: freshEmail(), password: PASSWORD } });
    await sweep();
    expect(await counted()).toBe(1);
    accounts.clock.advance(15 * MINUTE_MS + 1);
    await sweep();
    expect(await counted()).toBe(0);
    expect(await isStored(securityProfileIdOf(known.account.id))).toBe(true);
  });
});
