import { freshDatabase } from '../../../../test/support/database.js';
import { freshEmail, PASSWORD, registrationOf, signUp, startAccounts } from '../../../../test/support/accounts-application.js';
import type { AccountsApplication, Answer } from '../../../../test/support/accounts-application.js';

const MINUTE_MS = 60_000;
const database = freshDatabase();
let accounts: AccountsApplication;

beforeAll(async () => {
  accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name });
});
afterAll(() => accounts.close());

const logIn = (email: string, password: string): Promise<Answer> => accounts.call('POST', '/auth/login', { body: { email, password } });
const outcome = ({ status, error }: Answer): [number, string | undefined] => [status, error?.code];

async function registered(): Promise<string> {
  const email = freshEmail();
  await accounts.call('POST', '/auth/register', { body: registrationOf(email) });
  return email;
}

async function failTimes(email: string, times: number): Promise<[number, string | undefined][]> {
  const outcomes = [];
  for (let time = 0; time < times; time += 1) outcomes.push(outcome(await logIn(email, 'Wrong-horse-7')));
  return outcomes;
}

const refused = [401, 'INVALID_CREDENTIALS'];
const locked = [423, 'ACCOUNT_LOCKED'];

describe.each([
  ['a known email', registered],
  ['an email that belongs to nobody', async () => freshEmail()],
])('five wrong passwords for %s', (_what, make) => {
  it('lock it for fifteen minutes', async () => {
    const email = await make();
    expect(await failTimes(email, 6)).toEqual([refused, refused, refused, refused, refused, locked]);
    const answer = await logIn(email, PASSWORD);
    expect(outcome(answer)).toEqual(locked);
    expect(answer.headers['retry-after']).toBe('900');
    accounts.clock.advance(15 * MINUTE_MS);
    expect(await failTimes(email, 1)).toEqual([refused]);
  });

  it('at the same time lock it as well, and no more than five of them are looked at', async () => {
    const email = await make();
    const outcomes = (await Promise.all(Array.from({ length: 20 }, () => logIn(email, 'Wrong-horse-7')))).map(outcome);
    expect(outcomes.filter(([status]) => status === 401)).toHaveLength(5);
    expect(outcomes.filter(([status]) => status === 423)).toHaveLength(15);
  });

  it('lock every spelling of it', async () => {
    const email = await make();
    await failTimes(email.toUpperCase(), 5);
    expect(outcome(await logIn(email, PASSWORD))).toEqual(locked);
  });
});

describe('a login', () => {
  it('with the right password is refused while the account is locked, and welcome afterwards', async () => {
    const email = await registered();
    await failTimes(email, 5);
    expect(outcome(await logIn(email, PASSWORD))).toEqual(locked);
    accounts.clock.advance(15 * MINUTE_MS);
    expect((await logIn(email, PASSWORD)).status).toBe(200);
  });

  it('makes the failures before it forgotten', async () => {
    const email = await registered();
    await failTimes(email, 4);
    expect((await logIn(email, PASSWORD)).status).toBe(200);
    expect(await failTimes(email, 4)).toEqual([refused, refused, refused, refused]);
    expect((await logIn(email, PASSWORD)).status).toBe(200);
  });

  it('says the same of a wrong password and of an unknown email', async () => {
    const known = await logIn(await registered(), 'Wrong-horse-7');
    const unknown = await logIn(freshEmail(), 'Wrong-horse-7');
    expect(known.error?.code).toBe('INVALID_CREDENTIALS');
    expect({ ...known.error, timestamp: '', requestId: '' }).toEqual({ ...unknown.error, timestamp: '', requestId: '' });
  });

  it('of many devices at the same time succeeds on each', async () => {
    const { account } = await signUp(accounts);
    const email = (account as unknown as { email: string }).email;
    const answers = await Promise.all(Array.from({ length: 12 }, () => logIn(email, PASSWORD)));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
  });
});

describe('where limits are on', () => {
  let limited: AccountsApplication;
  beforeAll(async () => {
    limited = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: `${database.name}-limited`, RATE_LIMIT: 'on' });
  });
  afterAll(() => limited.close());

  it('the sixth login from an address is too many, unless a lock answers', async () => {
    const email = freshEmail();
    const tries = [];
    for (let time = 0; time < 6; time += 1) {
      tries.push(outcome(await limited.call('POST', '/auth/login', { body: { email, password: PASSWORD } })));
    }
    expect(tries).toEqual([refused, refused, refused, refused, refused, locked]);
    const other = await limited.call('POST', '/auth/login', { body: { email: freshEmail(), password: PASSWORD } });
    expect(outcome(other)).toEqual([429, 'RATE_LIMITED']);
    expect(Number(other.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('the fourth registration from an address is too many', async () => {
    const statuses = [];
    for (let time = 0; time < 4; time += 1) {
      statuses.push((await limited.call('POST', '/auth/register', { body: registrationOf(freshEmail()) })).status);
    }
    expect(statuses).toEqual([201, 201, 201, 429]);
  });

  it('the fourth code that is asked for from an address is too many', async () => {
    const statuses = [];
    for (let time = 0; time < 4; time += 1) {
      statuses.push((await limited.call('POST', '/auth/otp/resend', { body: { email: freshEmail() } })).status);
    }
    expect(statuses).toEqual([202, 202, 202, 429]);
  });
});
