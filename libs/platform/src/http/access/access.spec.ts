import { createHmac } from 'node:crypto';
import { Controller, Get } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCOUNT_ID, cupsModule, seen, STORE_ID } from '../../../../../test/support/cups.js';
import { waitUntil } from '../../../../../test/support/wait-until.js';
import { DEVELOPMENT_SECRET } from '../../config/environment.js';
import { createHttpApplication } from '../application.js';
import { AccessTokens } from './access-tokens.js';
import type { Role } from './caller.js';
import { AdminPermissions, SessionRevocations } from './ports.js';

let app: NestFastifyApplication;
const ended = new Set<string>();
const readers = new Set<string>();

beforeAll(async () => {
  const providers = [
    {
      provide: SessionRevocations,
      useValue: { isRevoked: (sessionId: string, tokenId: string) => ended.has(sessionId) || ended.has(tokenId) },
    },
    {
      provide: AdminPermissions,
      useValue: { mayAct: (accountId: string, permission: string) => Promise.resolve(readers.has(`${accountId} ${permission}`)) },
    },
  ];
  app = await createHttpApplication(cupsModule({ providers }), { environment: { RATE_LIMIT: 'off' }, logger: false });
  await app.init();
});

afterAll(() => app.close());

function tokenFor(roles: Role[] = ['customer'], accountId = ACCOUNT_ID, sessionId = 'session-1'): string {
  return app.get(AccessTokens).sign({ accountId, roles, sessionId, verified: true }).token;
}

async function get(url: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return seen(await app.inject({ url: `/api/v1${url}`, headers }));
}

const claims = { sub: ACCOUNT_ID, sid: 'session-1', jti: 'token-1', roles: ['customer'], ver: true };

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function forged(header: object, payload: object, secret = DEVELOPMENT_SECRET, hash = 'sha256'): string {
  const content = `${encode(header)}.${encode(payload)}`;
  return `${content}.${createHmac(hash, secret).update(content).digest('base64url')}`;
}

const now = Math.floor(Date.now() / 1000);
const registered = { iss: 'daraa', aud: 'daraa-api', iat: now, exp: now + 60 };

describe('a token', () => {
  it('says who is asking', async () => {
    const { status, body } = await get('/cups/mine', tokenFor());
    expect(status).toBe(200);
    expect(body.data).toEqual({
      caller: { accountId: ACCOUNT_ID, roles: ['customer'], sessionId: 'session-1', tokenId: expect.any(String), verified: true },
      actor: { type: 'account', id: ACCOUNT_ID },
    });
  });

  it('is believed when it is made by hand as we make it (so that the forgeries below fail for their own reason)', async () => {
    expect((await get('/cups/mine', forged({ alg: 'HS256', typ: 'JWT' }, { ...registered, ...claims }))).status).toBe(200);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no token', 'abc'],
    ['is unsigned', `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ ...registered, ...claims })}.`],
    ['claims no algorithm but is signed', forged({ alg: 'none' }, { ...registered, ...claims })],
    ['is signed by another algorithm', forged({ alg: 'HS512' }, { ...registered, ...claims }, DEVELOPMENT_SECRET, 'sha512')],
    ['names an algorithm of key pairs', forged({ alg: 'RS256' }, { ...registered, ...claims })],
    ['is signed by another secret', forged({ alg: 'HS256' }, { ...registered, ...claims }, 'another secret of thirty-two characters')],
    ['was made for somebody else', forged({ alg: 'HS256' }, { ...registered, ...claims, aud: 'daraa-admin' })],
    ['was made by somebody else', forged({ alg: 'HS256' }, { ...registered, ...claims, iss: 'evil' })],
    ['is not valid yet', forged({ alg: 'HS256' }, { ...registered, ...claims, nbf: now + 600 })],
    ['names no account', forged({ alg: 'HS256' }, { ...registered, ...claims, sub: { $gt: '' } })],
    ['names a role that we do not know', forged({ alg: 'HS256' }, { ...registered, ...claims, roles: ['root'] })],
    ['carries roles as text', forged({ alg: 'HS256' }, { ...registered, ...claims, roles: 'customer' })],
  ])('that %s is not believed', async (_name, token) => {
    const reply = await get('/cups/mine', token);
    expect([reply.status, reply.body.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('that has expired says so, when it was ours', async () => {
    const expired = { ...registered, ...claims, iat: now - 120, exp: now - 60 };
    expect((await get('/cups/mine', forged({ alg: 'HS256' }, expired))).body.error?.code).toBe('TOKEN_EXPIRED');
    expect((await get('/cups/mine', forged({ alg: 'HS256' }, expired, 'another secret of thirty-two characters'))).body.error?.code).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('of a session that was ended, or that was ended itself, is not believed', async () => {
    const token = tokenFor(['customer'], ACCOUNT_ID, 'session-2');
    const { jti } = app.get(JwtService, { strict: false }).decode<{ jti: string }>(token);
    expect((await get('/cups/mine', token)).status).toBe(200);
    ended.add(jti);
    expect((await get('/cups/mine', token)).status).toBe(401);
    ended.delete(jti);
    ended.add('session-2');
    expect((await get('/cups/mine', token)).status).toBe(401);
    ended.clear();
  });

  it('that was believed is not believed any more once it has expired', async () => {
    const token = forged({ alg: 'HS256' }, { ...registered, ...claims, exp: Math.floor(Date.now() / 1000) + 2 });
    expect((await get('/cups/mine', token)).status).toBe(200);
    const hasExpired = async () => (await get('/cups/mine', token)).body.error?.code === 'TOKEN_EXPIRED';
    await waitUntil(hasExpired, { describe: 'the token has expired' });
  });

  it('is believed only in its header', async () => {
    const token = tokenFor();
    expect((await get(`/cups/mine?access_token=${token}`)).status).toBe(401);
    const basic = await app.inject({ url: '/api/v1/cups/mine', headers: { authorization: `Basic ${token}` } });
    expect([basic.statusCode, basic.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  it('can be read for connections that are no requests', () => {
    const tokens = app.get(AccessTokens);
    expect(tokens.read(tokenFor())).toMatchObject({ accountId: ACCOUNT_ID, sessionId: 'session-1' });
    expect(tokens.read(forged({ alg: 'HS256' }, { ...registered, ...claims, exp: now - 1 }))).toBeUndefined();
    expect(tokens.read('abc')).toBeUndefined();
  });
});

describe('a route', () => {
  it('for everybody does not look at tokens', async () => {
    expect((await get('/cups', 'abc')).status).toBe(200);
  });

  it('for guests too takes nobody or somebody, but not a token that is wrong', async () => {
    expect((await get('/cups/whoever')).body.data).toEqual({ accountId: null });
    expect((await get('/cups/whoever', tokenFor())).body.data).toEqual({ accountId: ACCOUNT_ID });
    expect((await get('/cups/whoever', 'abc')).status).toBe(401);
    const basic = await app.inject({ url: '/api/v1/cups/whoever', headers: { authorization: 'Basic abc' } });
    expect(basic.statusCode).toBe(401);
  });

  it('for some roles refuses the others', async () => {
    expect((await get('/cups/mine', tokenFor(['courier', 'customer']))).status).toBe(200);
    const refused = await get('/cups/mine', tokenFor(['courier', 'store_owner', 'admin']));
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'FORBIDDEN']);
  });

  it("for a store's people shows no store to others, not even to admins", async () => {
    expect((await get(`/stores/${STORE_ID}/cups`, tokenFor(['store_owner']))).status).toBe(200);
    for (const [store, account, roles] of [
      [STORE_ID, 'acc_other', ['store_owner']],
      ['store_11jc4yqz8ke5f9h0mns2bvx6tw', ACCOUNT_ID, ['store_owner']],
      ['1', ACCOUNT_ID, ['store_owner']],
      [STORE_ID, 'acc_admin', ['admin']],
    ] as [string, string, Role[]][]) {
      const reply = await get(`/stores/${store}/cups`, tokenFor(roles, account));
      expect([reply.status, reply.body.error?.code]).toEqual([404, 'STORE_NOT_FOUND']);
    }
    expect((await get(`/stores/${STORE_ID}/cups`)).status).toBe(401);
  });

  it('for admins asks for the permission as well', async () => {
    expect((await get('/admin/cups', tokenFor(['store_owner']))).status).toBe(403);
    expect((await get('/admin/cups', tokenFor(['admin']))).status).toBe(403);
    readers.add(`${ACCOUNT_ID} cups.read`);
    expect((await get('/admin/cups', tokenFor(['admin']))).status).toBe(200);
    expect((await get('/admin/cups', tokenFor(['customer']))).status).toBe(403);
  });
});

describe('an application', () => {
  it('with a route that does not say who may use it does not start', async () => {
    @Controller('forgotten')
    class ForgottenController {
      @Get('door')
      door(): string {
        return 'open';
      }
    }
    const careless = await createHttpApplication(cupsModule({ controllers: [ForgottenController] }), {
      environment: { RATE_LIMIT: 'off' },
      logger: false,
    });
    await expect(careless.init()).rejects.toThrow('GET /forgotten/door (ForgottenController.door)');
    await careless.close();
  });

  it("with routes for a store's people needs somebody who knows them", async () => {
    const lonely = await createHttpApplication(cupsModule({ withoutStores: true }), { environment: { RATE_LIMIT: 'off' }, logger: false });
    await expect(lonely.init()).rejects.toThrow('Nothing provides StoreAccess');
    await lonely.close();
  });
});
