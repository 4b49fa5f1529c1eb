import { freshDatabase } from '../../../../test/support/database.js';
import { freshEmail, PASSWORD, signUp, startAccounts, waitUntil } from '../../../../test/support/accounts-application.js';
import type { AccountsApplication, Answer, Tokens } from '../../../../test/support/accounts-application.js';
import { textOf } from '../../../../test/support/raw-database.js';

const database = freshDatabase();
let accounts: AccountsApplication;
let elsewhere: AccountsApplication;

// Two processes of the platform on one database.
beforeAll(async () => {
  const environment = { MONGODB_URI: database.uri, REDIS_PREFIX: database.name };
  accounts = await startAccounts(environment);
  elsewhere = await startAccounts(environment, { clock: accounts.clock, works: false });
});
afterAll(async () => {
  await accounts.close();
  await elsewhere.close();
});

const refresh = (refreshToken: string, process = accounts): Promise<Answer<Tokens>> =>
  process.call<Tokens>('POST', '/auth/refresh', { body: { refreshToken } });
// Passport keeps one strategy for all applications of a Node process, so the guard is proven with one application alone.
const isIn = async ({ accessToken }: Tokens, process = accounts): Promise<boolean> =>
  (await process.call('POST', '/auth/validate', { body: { accessToken } })).data['valid'] === true;

async function logIn(email: string, device = 'phone'): Promise<Tokens> {
  const headers = { 'user-agent': device };
  const answer = await accounts.call<Tokens>('POST', '/auth/login', { body: { email, password: PASSWORD }, headers });
  expect(answer.status).toBe(200);
  return answer.data;
}

describe('a refresh token', () => {
  it('is replaced by the next, which carries on', async () => {
    const first = await signUp(accounts);
    const second = await refresh(first.refreshToken);
    expect(second.data.refreshToken.split('.').slice(0, 2)).toEqual([first.refreshToken.split('.')[0], '2']);
    expect(second.data.account).toEqual(first.account);
    expect((await refresh(second.data.refreshToken)).status).toBe(200);
  });

  it('used twenty times at once, in two processes, has one winner, who stays logged in', async () => {
    const { refreshToken } = await signUp(accounts);
    const uses = Array.from({ length: 20 }, (_each, index) => refresh(refreshToken, index % 2 ? accounts : elsewhere));
    const answers = await Promise.all(uses);
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status, error }) => status === 401 && error?.code === 'REFRESH_TOKEN_INVALID')).toHaveLength(19);
    const [winner] = winners;
    expect(winner && (await isIn(winner.data))).toBe(true);
    expect(winner && (await refresh(winner.data.refreshToken)).status).toBe(200);
  });

  it('that was just replaced is refused for ten seconds without consequence, and ends the session after that', async () => {
    const first = await signUp(accounts);
    const second = await refresh(first.refreshToken);
    accounts.clock.advance(9_999);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect(await isIn(second.data)).toBe(true);
    accounts.clock.advance(1);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect(await isIn(second.data)).toBe(false);
    expect((await refresh(second.data.refreshToken)).status).toBe(401);
  });

  it('that was replaced long ago ends the session at once, for whoever has the newest as well', async () => {
    const first = await signUp(accounts);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.data.refreshToken);
    expect((await refresh(first.refreshToken)).error?.code).toBe('REFRESH_TOKEN_INVALID');
    expect(await isIn(third.data)).toBe(false);
    expect((await refresh(third.data.refreshToken)).status).toBe(401);
  });

  it('that somebody has made up harms nobody', async () => {
    const first = await signUp(accounts);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.data.refreshToken);
    const [session = '', , secret = ''] = first.refreshToken.split('.');
    const changed = `${session}.1.${secret.slice(0, -2)}AA`;
    const forged = [changed, `${session}.2.${secret}`, `${session}.3.${secret}`, `${session}.9.${secret}`, session, 'x'];
    for (const token of forged) expect((await refresh(token)).error?.code).toBe('REFRESH_TOKEN_INVALID');
    expect(await isIn(third.data)).toBe(true);
  });

  it('is good for seven days from its last use', async () => {
    const first = await signUp(accounts);
    accounts.clock.advance(6 * 86_400_000);
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    accounts.clock.advance(7 * 86_400_000);
    expect((await refresh(second.data.refreshToken)).status).toBe(401);
  });

  it('stands in no document', async () => {
    const { refreshToken } = await signUp(accounts);
    const secret = refreshToken.split('.')[2] ?? '';
    const everything = await textOf(database.uri);
    expect(everything).toContain(refreshToken.split('.')[0]);
    expect(everything).not.toContain(secret);
  });
});

describe('logging out', () => {
  it('ends the session at once here, and soon in every other process', async () => {
    const tokens = await signUp(accounts);
    expect(await isIn(tokens, elsewhere)).toBe(true);
    expect((await accounts.call('POST', '/auth/logout', { body: { refreshToken: tokens.refreshToken } })).status).toBe(200);
    expect(await isIn(tokens)).toBe(false);
    await waitUntil(async () => !(await isIn(tokens, elsewhere)), { describe: 'the other process knows of the logout' });
    expect((await refresh(tokens.refreshToken, elsewhere)).status).toBe(401);
  });

  it('is known to a process that starts later', async () => {
    const tokens = await signUp(accounts);
    await accounts.call('POST', '/auth/logout', { body: { refreshToken: tokens.refreshToken } });
    const late = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name }, { clock: accounts.clock, works: false });
    const wasIn = await isIn(tokens, late);
    await late.close();
    expect(wasIn).toBe(false);
  });

  it('repeated, or with a token that is none of ours, changes nothing', async () => {
    const tokens = await signUp(accounts);
    const bystander = await signUp(accounts);
    const forged = `${bystander.refreshToken.split('.')[0]}.1.${'A'.repeat(54)}`;
    for (const refreshToken of [tokens.refreshToken, tokens.refreshToken, forged, 'x']) {
      expect((await accounts.call('POST', '/auth/logout', { body: { refreshToken } })).status).toBe(200);
    }
    expect(await isIn(bystander)).toBe(true);
  });
});

describe('the list of sessions', () => {
  it('shows where somebody is logged in, the latest first, and which one asks', async () => {
    const email = freshEmail();
    await signUp(accounts, email);
    accounts.clock.advance(1000);
    const tablet = await logIn(email, 'tablet');
    const list = await accounts.call<object[]>('GET', '/auth/sessions', { token: tablet.accessToken });
    expect(list.data).toEqual([
      expect.objectContaining({ device: 'tablet', current: true, ip: '127.0.0.1' }),
      expect.objectContaining({ current: false }),
    ]);
    expect(JSON.stringify(list.data)).not.toMatch(/hash/i);
  });

  it('ends one session, which it does not show any more', async () => {
    const email = freshEmail();
    const phone = await signUp(accounts, email);
    const tablet = await logIn(email, 'tablet');
    const id = phone.refreshToken.split('.')[0];
    expect((await accounts.call('DELETE', `/auth/sessions/${id}`, { token: tablet.accessToken })).status).toBe(204);
    expect([await isIn(phone), await isIn(tablet)]).toEqual([false, true]);
    expect((await accounts.call<object[]>('GET', '/auth/sessions', { token: tablet.accessToken })).data).toHaveLength(1);
    const again = await accounts.call('DELETE', `/auth/sessions/${id}`, { token: tablet.accessToken });
    expect([again.status, again.error?.code]).toEqual([404, 'SESSION_NOT_FOUND']);
  });

  it('ends all but the one that asks', async () => {
    const email = freshEmail();
    const others = [await signUp(accounts, email), await logIn(email), await logIn(email)];
    const mine = await logIn(email);
    expect((await accounts.call('DELETE', '/auth/sessions', { token: mine.accessToken })).data).toEqual({ ended: 3 });
    expect(await Promise.all(others.map((tokens) => isIn(tokens)))).toEqual([false, false, false]);
    expect(await isIn(mine)).toBe(true);
  });

  it('does not know the sessions of others', async () => {
    const mine = await signUp(accounts);
    const theirs = await signUp(accounts);
    const id = theirs.refreshToken.split('.')[0];
    const refused = await accounts.call('DELETE', `/auth/sessions/${id}`, { token: mine.accessToken });
    expect([refused.status, refused.error?.code]).toEqual([404, 'SESSION_NOT_FOUND']);
    expect(await isIn(theirs)).toBe(true);
  });
});
