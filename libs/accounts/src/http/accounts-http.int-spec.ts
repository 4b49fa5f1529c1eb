import { freshDatabase } from '../../../../test/support/database.js';
import {
  codeTo,
  freshEmail,
  messagesTo,
  PASSWORD,
  registrationOf,
  signUp,
  startAccounts,
} from '../../../../test/support/accounts-application.js';
import type { AccountsApplication, Tokens } from '../../../../test/support/accounts-application.js';

const database = freshDatabase();
let accounts: AccountsApplication;

beforeAll(async () => {
  accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name });
});
afterAll(() => accounts.close());

describe('the journey of a member', () => {
  it('registers, verifies by the code in the mail, and is logged in', async () => {
    const email = freshEmail();
    const body = registrationOf(email.toUpperCase(), { phone: '+962 79 000 0001' });
    const registered = await accounts.call('POST', '/auth/register', { body });
    expect(registered.status).toBe(201);
    expect(JSON.parse(registered.text)).toEqual({
      success: true,
      data: {
        account: { id: expect.stringMatching(/^acc_/), email, status: 'pending_verification', roles: ['customer'] },
        verification: { channel: 'email', expiresAt: new Date(accounts.clock.now().getTime() + 600_000).toISOString() },
      },
    });
    const verified = await accounts.call<Tokens>('POST', '/auth/otp/verify', { body: { email, code: await codeTo(email) } });
    expect(verified.status).toBe(200);
    expect(verified.data).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^ses_[0-9a-z]{26}\.1\./),
      expiresIn: 900,
      account: {
        id: (registered.data['account'] as { id: string }).id,
        email,
        firstName: 'Lina',
        lastName: 'Haddad',
        status: 'active',
        roles: ['customer'],
        stores: [],
      },
    });
  });

  it('may browse before it is verified: the token says so', async () => {
    const email = freshEmail();
    await accounts.call('POST', '/auth/register', { body: registrationOf(email) });
    const login = await accounts.call<Tokens>('POST', '/auth/login', { body: { email, password: PASSWORD } });
    expect(login.data.account.status).toBe('pending_verification');
    const me = await accounts.call('GET', '/me', { token: login.data.accessToken });
    expect(me.data).toMatchObject({ email, verified: false });
  });

  it.each(['store_owner', 'courier'])('may register as %s', async (role) => {
    const registered = await accounts.call('POST', '/auth/register', { body: registrationOf(freshEmail(), { role }) });
    expect(registered.data['account']).toMatchObject({ roles: [role] });
  });

  it.each([
    ['an admin', { role: 'admin' }, 'role'],
    ['with roles of its own choice', { roles: ['admin'] }, 'roles'],
    ['as verified', { status: 'active' }, 'status'],
    ['with a password without a digit', { password: 'Correct-horse' }, 'password'],
    ['with an operator for an email', { email: { $gt: '' } }, 'email'],
    ['without a name', { firstName: ' ' }, 'firstName'],
    ['with half a phone number', { phone: '0790' }, 'phone'],
  ])('cannot register %s', async (_what, more, field) => {
    const refused = await accounts.call('POST', '/auth/register', { body: registrationOf(freshEmail(), more) });
    expect(refused.status).toBe(400);
    expect(refused.error).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ field }] });
  });

  it('is written to in the language it asked for', async () => {
    const email = freshEmail();
    const headers = { 'accept-language': 'ar-JO,ar;q=0.9,en;q=0.8' };
    await accounts.call('POST', '/auth/register', { body: registrationOf(email), headers });
    await codeTo(email);
    const [message] = await messagesTo(email);
    expect(message?.subject).toContain('رمز');
    expect(message?.html).toContain('dir="rtl"');
  });
});

describe('an access token', () => {
  it('is found good with its owner, roles and expiry, by body or header', async () => {
    const { accessToken, account } = await signUp(accounts);
    const fact = { valid: true, accountId: account.id, roles: ['customer'], expiresAt: expect.stringMatching(/Z$/) };
    const byBody = await accounts.call('POST', '/auth/validate', { body: { accessToken } });
    const byHeader = await accounts.call('POST', '/auth/validate', { token: accessToken });
    expect(byBody.data).toEqual(fact);
    expect(byHeader.data).toEqual(fact);
    const expiry = new Date(String(byBody.data['expiresAt'])).getTime();
    expect(Math.abs(expiry - Date.now() - 900_000)).toBeLessThan(60_000);
  });

  it('is found worthless when it is not ours, or its session was ended', async () => {
    const { accessToken, refreshToken } = await signUp(accounts);
    const worthless = { valid: false, accountId: null, roles: [], expiresAt: null };
    expect((await accounts.call('POST', '/auth/validate', { body: { accessToken: `${accessToken}x` } })).data).toEqual(worthless);
    await accounts.call('POST', '/auth/logout', { body: { refreshToken } });
    expect((await accounts.call('POST', '/auth/validate', { body: { accessToken } })).data).toEqual(worthless);
  });

  it('must be given somewhere', async () => {
    const refused = await accounts.call('POST', '/auth/validate', { body: {} });
    expect([refused.status, refused.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await accounts.call('POST', '/auth/validate', { token: 'nonsense' })).status).toBe(401);
  });
});

describe('a route', () => {
  it('is closed to an access token as soon as its session has ended', async () => {
    const { accessToken: token, refreshToken } = await signUp(accounts);
    expect((await accounts.call('GET', '/me', { token })).status).toBe(200);
    await accounts.call('POST', '/auth/logout', { body: { refreshToken } });
    expect((await accounts.call('GET', '/me', { token })).error?.code).toBe('UNAUTHENTICATED');
  });
});

describe('the own profile', () => {
  it('shows what was changed, under a new version', async () => {
    const { accessToken: token } = await signUp(accounts);
    const before = await accounts.call('GET', '/me', { token });
    const changes = { firstName: 'Leen', phone: '+962 79 123 4567', locale: 'ar', gender: 'female', dateOfBirth: '1994-05-17' };
    const headers = { 'if-match': String(before.headers['etag']) };
    const changed = await accounts.call('PATCH', '/me', { token, body: changes, headers });
    expect(changed.status).toBe(200);
    const version = Number(before.data['version']) + 1;
    expect(changed.data).toMatchObject({ ...changes, phone: '+962791234567', lastName: 'Haddad', version });
    const stale = await accounts.call('PATCH', '/me', { token, body: { firstName: 'Lina' }, headers });
    expect([stale.status, stale.error?.code]).toEqual([412, 'VERSION_MISMATCH']);
  });

  const forbidden = [{ email: 'other@example.com' }, { roles: ['admin'] }, { status: 'active' }, { memberships: [] }];
  it.each(forbidden)('cannot be given %j', async (body) => {
    const { accessToken: token } = await signUp(accounts);
    expect((await accounts.call('PATCH', '/me', { token, body })).error?.code).toBe('VALIDATION_ERROR');
  });

  it('is nobody else’s: without a token there is none', async () => {
    expect((await accounts.call('GET', '/me')).error?.code).toBe('UNAUTHENTICATED');
  });
});
