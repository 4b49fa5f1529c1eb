import { storeToken } from '@daraa/platform';
import type { AggregateStore } from '@daraa/platform';
import { freshDatabase } from '../../../../test/support/database.js';
import {
  codeTo,
  freshEmail,
  messagesTo,
  PASSWORD,
  registrationOf,
  signUp,
  startAccounts,
  waitUntil,
} from '../../../../test/support/accounts-application.js';
import type { AccountsApplication, Answer, Tokens } from '../../../../test/support/accounts-application.js';
import { textOf } from '../../../../test/support/raw-database.js';
import { Account } from '../domain/account.js';
import { Challenge } from '../domain/challenge.js';
import { challengeIdOf } from './ids.js';
import { OneTimeCodes } from './one-time-codes.js';
import { ChallengeRecords } from './records.js';

const MINUTE_MS = 60_000;
const database = freshDatabase();
let accounts: AccountsApplication;

beforeAll(async () => {
  accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name });
});
afterAll(() => accounts.close());

const verify = (email: string, code: string): Promise<Answer<Tokens>> =>
  accounts.call<Tokens>('POST', '/auth/otp/verify', { body: { email, code } });
const resend = (email: string, more: object = {}): Promise<Answer> =>
  accounts.call('POST', '/auth/otp/resend', { body: { email, ...more } });
const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');

async function register(more: object = {}): Promise<{ email: string; id: string }> {
  const email = freshEmail();
  const registered = await accounts.call<{ account: { id: string } }>('POST', '/auth/register', { body: registrationOf(email, more) });
  return { email, id: registered.data.account.id };
}

/** Resolves when every message that was asked for has been sent. */
async function allIsSent(): Promise<void> {
  const records = accounts.app.get(ChallengeRecords, { strict: false });
  const endOfTime = new Date(8.64e15);
  await waitUntil(async () => (await records.waiting(endOfTime, 1)).length === 0, { describe: 'no message waits' });
}

describe('a one-time code', () => {
  it('verifies once, however many try it at the same time', async () => {
    const { email } = await register();
    const code = await codeTo(email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify(email, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ error }) => error?.code === 'OTP_INVALID')).toHaveLength(19);
    expect((await verify(email, code)).error?.code).toBe('OTP_INVALID');
  });

  it('is worth nothing after five wrong tries, and the next one works', async () => {
    const { email } = await register();
    const code = await codeTo(email);
    for (let time = 0; time < 5; time += 1) expect((await verify(email, otherThan(code))).status).toBe(422);
    expect((await verify(email, code)).error?.code).toBe('OTP_INVALID');
    accounts.clock.advance(MINUTE_MS);
    expect((await resend(email)).status).toBe(202);
    expect((await verify(email, await codeTo(email, 2))).status).toBe(200);
  });

  it('is worth nothing after ten minutes', async () => {
    const { email } = await register();
    const code = await codeTo(email);
    accounts.clock.advance(10 * MINUTE_MS);
    expect((await verify(email, code)).error?.code).toBe('OTP_INVALID');
  });

  it('is worth nothing once a newer one was sent', async () => {
    const { email } = await register();
    const first = await codeTo(email);
    accounts.clock.advance(MINUTE_MS);
    await resend(email);
    const second = await codeTo(email, 2);
    if (first !== second) expect((await verify(email, first)).error?.code).toBe('OTP_INVALID');
    expect((await verify(email, second)).status).toBe(200);
  });

  it('is of no use to anybody else', async () => {
    const [mine, theirs] = [await register(), await register()];
    const code = await codeTo(mine.email);
    if (code !== (await codeTo(theirs.email))) expect((await verify(theirs.email, code)).error?.code).toBe('OTP_INVALID');
  });

  it.each(['12345', '1234567', '12345a', ' 123456', '１２３４５６'])('is six digits: %j is no code', async (code) => {
    expect((await verify(freshEmail(), code)).error?.code).toBe('VALIDATION_ERROR');
  });

  it('comes by text message to those who ask for that, and verifies the phone', async () => {
    const phone = `+96279${String(process.pid).padStart(7, '0').slice(-7)}`;
    const { email, id } = await register({ phone });
    await codeTo(email);
    accounts.clock.advance(MINUTE_MS);
    await resend(email, { channel: 'sms' });
    expect((await verify(email, await codeTo(phone))).status).toBe(200);
    const account = await accounts.app.get<AggregateStore<Account>>(storeToken(Account), { strict: false }).get(id);
    expect(account.snapshot().state).toHaveProperty('phoneVerifiedAt');
    expect(account.snapshot().state).not.toHaveProperty('emailVerifiedAt');
  });

  it('stands in no document; nor do passwords', async () => {
    const { email } = await register();
    const code = await codeTo(email);
    const everything = await textOf(database.uri);
    expect(everything).toContain(email);
    expect(everything).not.toMatch(new RegExp(`\\b${code}\\b`));
    expect(everything).not.toContain(PASSWORD);
  });
});

describe('asking for a new code', () => {
  it('within a minute sends nothing, and says nothing of it', async () => {
    const { email } = await register();
    await codeTo(email);
    accounts.clock.advance(MINUTE_MS - 1);
    const tooSoon = await resend(email);
    accounts.clock.advance(1);
    const inTime = await resend(email);
    expect([tooSoon.status, inTime.status]).toEqual([202, 202]);
    expect(tooSoon.text).toBe(inTime.text);
    await codeTo(email, 2);
    await allIsSent();
    expect(await messagesTo(email)).toHaveLength(2);
  });

  it('sends three more within an hour, and more in the next', async () => {
    const { email } = await register();
    await codeTo(email);
    for (let time = 2; time <= 6; time += 1) {
      accounts.clock.advance(MINUTE_MS);
      await resend(email);
      await codeTo(email, Math.min(time, 4));
    }
    await allIsSent();
    expect(await messagesTo(email)).toHaveLength(4);
    accounts.clock.advance(60 * MINUTE_MS);
    await resend(email);
    await codeTo(email, 5);
  });

  it('at the same time sends one', async () => {
    const { email } = await register();
    await codeTo(email);
    accounts.clock.advance(MINUTE_MS);
    await Promise.all(Array.from({ length: 10 }, () => resend(email)));
    await codeTo(email, 2);
    await allIsSent();
    expect(await messagesTo(email)).toHaveLength(2);
  });

  it('for an unknown email, or one that is verified, gets the same answer and sends nothing', async () => {
    const unknown = freshEmail();
    const verified = freshEmail();
    await signUp(accounts, verified);
    accounts.clock.advance(MINUTE_MS);
    const { email: pending } = await register();
    const answers = await Promise.all([unknown, verified, pending].map((email) => resend(email)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    await allIsSent();
    expect(await messagesTo(unknown)).toHaveLength(0);
    expect(await messagesTo(verified)).toHaveLength(1);
  });
});

describe('registering a known email', () => {
  it('gets the answer of a new one, and its owner gets a notice in place of a code', async () => {
    const email = freshEmail();
    const { account } = await signUp(accounts, email);
    const other = { password: 'Other-horse-9', firstName: 'Somebody', lastName: 'Else' };
    const again = await accounts.call<{ account: { id: string } }>('POST', '/auth/register', { body: registrationOf(email, other) });
    const fresh = await accounts.call<{ account: { id: string } }>('POST', '/auth/register', { body: registrationOf(freshEmail(), other) });
    expect(again.status).toBe(201);
    expect(again.data.account.id).not.toBe(account.id);
    expect(shapeOf(again.data)).toEqual(shapeOf(fresh.data));
    const [notice] = await waitUntil(async () => {
      const messages = await messagesTo(email);
      return messages.length === 2 ? messages : undefined;
    });
    expect(notice?.text).toContain('tried to register');
    expect(`${notice?.subject} ${notice?.text} ${notice?.html}`).not.toMatch(/\d{6}/);
    expect((await accounts.call('POST', '/auth/login', { body: { email, password: other.password } })).status).toBe(401);
    const login = await accounts.call<Tokens>('POST', '/auth/login', { body: { email, password: PASSWORD } });
    expect(login.data.account).toMatchObject({ id: account.id, firstName: 'Lina' });
  });

  it('leaves nothing behind', async () => {
    const email = freshEmail();
    await signUp(accounts, email);
    const again = await accounts.call<{ account: { id: string } }>('POST', '/auth/register', { body: registrationOf(email) });
    const { id } = again.data.account;
    await waitUntil(async () => !(await textOf(database.uri)).includes(id), { describe: 'the refused registration is forgotten' });
  });

  it('at the same time as others makes one account and sends one code', async () => {
    const email = freshEmail();
    const body = registrationOf(email);
    const answers = await Promise.all(Array.from({ length: 8 }, () => accounts.call('POST', '/auth/register', { body })));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    await waitUntil(async () => (await messagesTo(email)).length === 2);
    await allIsSent();
    const messages = await messagesTo(email);
    expect(messages.map(({ text }) => /\d{6}/.test(text)).sort()).toEqual([false, true]);
    const everything = await textOf(database.uri);
    expect(everything.split(`"email":"${email}"`)).toHaveLength(2);
  });

  it('does not flood its owner', async () => {
    const email = freshEmail();
    await signUp(accounts, email);
    for (let time = 0; time < 5; time += 1) await accounts.call('POST', '/auth/register', { body: registrationOf(email) });
    await waitUntil(async () => (await messagesTo(email)).length === 2);
    await allIsSent();
    expect(await messagesTo(email)).toHaveLength(2);
  });
});

describe('after a crash', () => {
  it('whoever was registered gets a code although nobody asked for one', async () => {
    const email = freshEmail();
    const details = { email, firstName: 'Lina', lastName: 'Haddad', locale: 'en', roles: ['customer'] } as const;
    const store = accounts.app.get<AggregateStore<Account>>(storeToken(Account), { strict: false });
    await store.insert(Account.register('acc_01jc4yqz8ke5f9h0mns2bvx6tw', details, accounts.clock.now()));
    expect((await verify(email, await codeTo(email))).status).toBe(200);
  });

  it('whoever has given the right code is verified although nobody wrote it on the account', async () => {
    const { email, id } = await register();
    await codeTo(email);
    const challenges = accounts.app.get<AggregateStore<Challenge>>(storeToken(Challenge), { strict: false });
    const codes = accounts.app.get(OneTimeCodes, { strict: false });
    const right = await challenges.get(challengeIdOf(id));
    await challenges.update(right, (challenge) => challenge.answer(codes.codeOf(right.id, right.nonce), codes, accounts.clock.now()));
    const store = accounts.app.get<AggregateStore<Account>>(storeToken(Account), { strict: false });
    await waitUntil(async () => (await store.get(id)).isVerified, { describe: 'the account is verified' });
  });
});

/** The same with every value replaced by its type, and ids by their prefix. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
  }
  if (typeof value !== 'string') return typeof value;
  return value.replace(/^(acc_).*/, '$1').replace(/^.*@.*$/, 'email').replace(/^\d{4}-.*Z$/, 'time');
}
