import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCOUNT_ID, cupsModule } from '../../../../../test/support/cups.js';
import type { Environment } from '../../config/environment.js';
import { AccessTokens } from '../access/access-tokens.js';
import { createHttpApplication } from '../application.js';
import { RATE_LIMITS } from './policies.js';
import { RateLimits } from './rate-limits.js';

const applications: NestFastifyApplication[] = [];

async function start(environment: Partial<Environment> = {}): Promise<NestFastifyApplication> {
  const given = { RATE_LIMIT: 'on' as const, REDIS_PREFIX: `test-${randomUUID().slice(0, 8)}`, ...environment };
  const app = await createHttpApplication(cupsModule(), { environment: given, logger: false });
  await app.init();
  applications.push(app);
  return app;
}

afterEach(async () => {
  await Promise.all(applications.splice(0).map((app) => app.close()));
});

function get(app: NestFastifyApplication, url: string, headers: Record<string, string> = {}, remoteAddress = '203.0.113.1') {
  return app.inject({ url: `/api/v1${url}`, headers, remoteAddress });
}

function bearer(app: NestFastifyApplication, accountId: string): Record<string, string> {
  const { token } = app.get(AccessTokens).sign({ accountId, roles: ['customer'], sessionId: 's', verified: true });
  return { authorization: `Bearer ${token}` };
}

const { limit } = RATE_LIMITS.default;

describe('a limit', () => {
  it('lets as many requests through as it says, and tells the next one how long to wait', async () => {
    const app = await start();
    const replies = await Promise.all(Array.from({ length: limit + 5 }, () => get(app, '/cups/whoever')));
    expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(limit);
    const refused = replies.find((reply) => reply.statusCode === 429);
    expect(refused?.json().error).toMatchObject({ code: 'RATE_LIMITED', details: [] });
    const seconds = Number(refused?.headers['retry-after']);
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('says what is left', async () => {
    const app = await start();
    const first = await get(app, '/cups/whoever');
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - 1),
      'x-ratelimit-reset': '60',
    });
  });

  it('counts accounts apart from addresses and from each other, and addresses apart', async () => {
    const app = await start();
    await Promise.all(Array.from({ length: limit }, () => get(app, '/cups/whoever', bearer(app, ACCOUNT_ID))));
    expect((await get(app, '/cups/whoever', bearer(app, ACCOUNT_ID))).statusCode).toBe(429);
    expect((await get(app, '/cups/whoever', bearer(app, ACCOUNT_ID), '203.0.113.2')).statusCode).toBe(429);
    expect((await get(app, '/cups/whoever', bearer(app, 'acc_other'))).statusCode).toBe(200);
    expect((await get(app, '/cups/whoever')).headers['x-ratelimit-remaining']).toBe(String(limit - 1));
    expect((await get(app, '/cups/whoever', {}, '203.0.113.2')).headers['x-ratelimit-remaining']).toBe(String(limit - 1));
  });

  it('is counted apart from the others', async () => {
    const app = await start();
    await Promise.all(Array.from({ length: limit }, () => get(app, '/cups/whoever')));
    expect((await get(app, '/cups/whoever')).statusCode).toBe(429);
    expect((await get(app, '/cups')).statusCode).toBe(200);
  });

  it('is shared by all processes', async () => {
    const REDIS_PREFIX = `test-${randomUUID().slice(0, 8)}`;
    const [one, other] = [await start({ REDIS_PREFIX }), await start({ REDIS_PREFIX })];
    await get(one, '/cups/whoever');
    expect((await get(other, '/cups/whoever')).headers['x-ratelimit-remaining']).toBe(String(limit - 2));
  });

  it('believes no forwarded address but that of a trusted proxy', async () => {
    const forwarded = { 'x-forwarded-for': '198.51.100.7' };
    const open = await start();
    await get(open, '/cups/whoever', forwarded);
    expect((await get(open, '/cups/whoever')).headers['x-ratelimit-remaining']).toBe(String(limit - 2));
    const behind = await start({ TRUSTED_PROXIES: '203.0.113.0/24, 10.0.0.0/8' });
    await get(behind, '/cups/whoever', forwarded);
    expect((await get(behind, '/cups/whoever')).headers['x-ratelimit-remaining']).toBe(String(limit - 1));
  });

  it('does not apply to routes that are never counted, nor when limits are off', async () => {
    const app = await start();
    expect((await get(app, '/cups/large')).headers['x-ratelimit-limit']).toBeUndefined();
    const off = await start({ RATE_LIMIT: 'off' });
    const replies = await Promise.all(Array.from({ length: limit + 5 }, () => get(off, '/cups/whoever')));
    expect(replies.every((reply) => reply.statusCode === 200 && reply.headers['x-ratelimit-limit'] === undefined)).toBe(true);
  });

  it('can be asked from code', async () => {
    const limits = (await start()).get(RateLimits);
    for (let attempt = 1; attempt <= RATE_LIMITS.login.limit; attempt += 1) {
      expect(await limits.consume('login', 'lina@example.com')).toMatchObject({ remaining: RATE_LIMITS.login.limit - attempt });
    }
    await expect(limits.consume('login', 'lina@example.com')).rejects.toMatchObject({ code: 'RATE_LIMITED', data: { policy: 'login' } });
    expect(await limits.consume('login', 'omar@example.com')).toMatchObject({ remaining: RATE_LIMITS.login.limit - 1 });
  });
});

/** Stands between the application and Redis, and can stop passing anything on. */
class Wire {
  private readonly sockets: Socket[] = [];
  private readonly server: Server;
  private cut = false;

  constructor(redis: URL) {
    this.server = createServer((client) => {
      const upstream = connect(Number(redis.port), redis.hostname);
      this.sockets.push(client, upstream);
      client.on('data', (bytes) => this.cut || upstream.write(bytes));
      upstream.on('data', (bytes) => client.write(bytes));
      for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  hang(): void {
    this.cut = true;
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }
}

async function millisecondsOf(app: NestFastifyApplication, requests: number): Promise<number> {
  const begun = performance.now();
  for (let request = 0; request < requests; request += 1) expect((await get(app, '/cups/whoever')).statusCode).toBe(200);
  return performance.now() - begun;
}

describe('without Redis', () => {
  let wire: Wire;
  let REDIS_URL: string;

  beforeEach(async () => {
    wire = new Wire(new URL(process.env['REDIS_URL'] ?? ''));
    REDIS_URL = await wire.listen();
  });

  afterEach(() => wire.close());

  it('requests pass uncounted when nothing listens', async () => {
    const app = await start({ REDIS_URL: 'redis://127.0.0.1:1' });
    const replies = await Promise.all(Array.from({ length: limit + 5 }, () => get(app, '/cups/whoever')));
    expect(new Set(replies.map((reply) => reply.statusCode))).toEqual(new Set([200]));
  });

  it('requests pass uncounted, and fast, when it takes connections and says nothing', async () => {
    wire.hang();
    expect(await millisecondsOf(await start({ REDIS_URL }), 20)).toBeLessThan(1_000);
  });

  it('requests pass uncounted, and fast, when it stops answering', async () => {
    const app = await start({ REDIS_URL });
    expect((await get(app, '/cups/whoever')).headers['x-ratelimit-remaining']).toBe(String(limit - 1));
    wire.hang();
    expect(await millisecondsOf(app, 20)).toBeLessThan(1_500);
    expect((await get(app, '/cups/whoever')).headers['x-ratelimit-remaining']).toBeUndefined();
  });
});
