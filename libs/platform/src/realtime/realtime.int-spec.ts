import type { AddressInfo } from 'node:net';
import { Global, Injectable, Module } from '@nestjs/common';
import type { INestApplicationContext, OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { DomainError, randomIds } from '@daraa/kernel';
import { OwnRedis } from '../../../../test/support/own-redis.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { ConfigurationModule } from '../config/config.module.js';
import type { Environment } from '../config/environment.js';
import { AccessTokens, createHttpApplication, SessionRevocations } from '../http/index.js';
import { currentContext } from '../observability/execution-context.js';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { ObservabilityModule } from '../observability/observability.module.js';
import { ClientMessages } from './client-messages.js';
import { accountRoom, Realtime } from './realtime.js';
import { MOST_CONNECTIONS, MOST_MESSAGES, MOST_ROOMS } from './realtime-gateway.js';
import { RealtimeHttpModule, RealtimeModule } from './realtime.module.js';
import type { Acknowledgement } from './replies.js';
import { RoomAccess } from './room-access.js';

const redis = await OwnRedis.create();
const revoked = new Set<string>();
const typed: object[] = [];

/** Whoever is called like the order owns it. */
@Injectable()
class Rooms implements OnModuleInit {
  constructor(
    private readonly rooms: RoomAccess,
    private readonly messages: ClientMessages,
  ) {}

  onModuleInit(): void {
    this.rooms.register({ prefix: 'order', mayJoin: async (caller, id) => id.startsWith(`of-${caller.accountId}`) });
    this.rooms.register({ prefix: 'admin', mayJoin: async (caller, id) => id === '' && caller.roles.includes('admin') });
    this.messages.register('typing', async (caller, data) => {
      typed.push({ caller: caller.accountId, data, actor: currentContext().actor });
      return { seen: true };
    });
    this.messages.register('refuse', () => Promise.reject(new DomainError('ORDER_NOT_FOUND')));
    this.messages.register('break', () => Promise.reject(new Error('a secret of the house')));
  }
}

@Global()
@Module({
  providers: [{ provide: SessionRevocations, useValue: { isRevoked: (sessionId: string) => revoked.has(sessionId) } }],
  exports: [SessionRevocations],
})
class RevocationsModule {}

@Module({ imports: [ObservabilityModule, RealtimeModule, RealtimeHttpModule, RevocationsModule], providers: [Rooms] })
class ApiModule {}

const running: { close(): Promise<void> }[] = [];
const sockets: Socket[] = [];

async function startApi(environment: Partial<Environment> = {}): Promise<NestFastifyApplication> {
  const app = await createHttpApplication(ApiModule, { environment: { REDIS_URL: redis.url, ...environment }, logger: false });
  await app.listen(0, '127.0.0.1');
  running.push(app);
  return app;
}

async function startWorker(): Promise<INestApplicationContext> {
  const imports = [ConfigurationModule.forRoot({ REDIS_URL: redis.url }), ObservabilityModule, RealtimeModule];
  const worker = await NestFactory.createApplicationContext({ module: class {}, imports }, { logger: false, abortOnError: false });
  running.push(worker);
  return worker;
}

const newAccount = () => randomIds.next('acc');

function tokenFor(accountId: string, roles: readonly ('customer' | 'admin')[] = ['customer'], app = api): string {
  return app.get(AccessTokens).sign({ accountId, roles, sessionId: `session-of-${accountId}`, verified: true }).token;
}

function connect(auth: object, namespace = '/realtime', app = api): Socket {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const socket = io(`http://127.0.0.1:${port}${namespace}`, { auth, forceNew: true, reconnection: false });
  sockets.push(socket);
  return socket;
}

/** What became of a connection: nothing, or the error that refused it. */
async function outcomeOf(socket: Socket): Promise<Error & { data?: unknown } | undefined> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('connect_error', resolve);
  });
}

async function connected(accountId: string, app = api): Promise<Socket> {
  const socket = connect({ token: tokenFor(accountId, ['customer'], app) }, '/realtime', app);
  expect(await outcomeOf(socket)).toBeUndefined();
  return socket;
}

async function send(socket: Socket, event: string, data?: unknown): Promise<Acknowledgement> {
  return socket.timeout(5000).emitWithAck(event, data) as Promise<Acknowledgement>;
}

/** Everything that a client hears, as it comes. */
function heardBy(socket: Socket): { event: string; payload: unknown }[] {
  const heard: { event: string; payload: unknown }[] = [];
  socket.onAny((event: string, payload: unknown) => heard.push({ event, payload }));
  return heard;
}

let api: NestFastifyApplication;
let worker: INestApplicationContext;

beforeAll(async () => {
  await redis.start();
  api = await startApi();
  worker = await startWorker();
});

afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

afterAll(async () => {
  await Promise.all(running.map((app) => app.close()));
});

describe('a connection', () => {
  it.each([
    ['without a token', {}],
    ['with a token that is no text', { token: { $gt: '' } }],
    ['with nonsense', { token: 'nonsense' }],
    ['with a token that is signed by nobody', { token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhY2NfMDEifQ.' }],
  ])('%s is refused', async (_what, auth) => {
    const error = await outcomeOf(connect(auth));
    expect(error?.message).toBe('UNAUTHENTICATED');
    expect(error?.data).toEqual({ code: 'UNAUTHENTICATED', message: expect.any(String) });
  });

  it('with the token of a revoked session is refused, and one that stands is ended', async () => {
    const account = newAccount();
    const socket = await connected(account);
    revoked.add(`session-of-${account}`);
    expect((await outcomeOf(connect({ token: tokenFor(account) })))?.message).toBe('UNAUTHENTICATED');
    await waitUntil(() => socket.disconnected, { within: 8000 });
  }, 15_000);

  it('to anything but the namespace is refused', async () => {
    expect((await outcomeOf(connect({ token: tokenFor(newAccount()) }, '/')))?.message).toBe('NOT_FOUND');
  });

  it('ends when its token expires', async () => {
    const brief = await startApi({ ACCESS_TOKEN_SECONDS: 1 });
    const socket = await connected(newAccount(), brief);
    await waitUntil(() => socket.disconnected);
  });

  it('is one of a limited number for each account', async () => {
    const account = newAccount();
    for (let index = 0; index < MOST_CONNECTIONS; index += 1) await connected(account);
    expect((await outcomeOf(connect({ token: tokenFor(account) })))?.message).toBe('RATE_LIMITED');
    await connected(newAccount());
  });

  it('that sends without end is cut', async () => {
    const socket = await connected(newAccount());
    for (let index = 0; index <= MOST_MESSAGES; index += 1) socket.emit('typing', {});
    await waitUntil(() => socket.disconnected);
  });

  it('that sends too much at once is cut', async () => {
    const socket = await connected(newAccount());
    socket.emit('typing', { text: 'x'.repeat(20_000) });
    await waitUntil(() => socket.disconnected);
  });

  it('is counted', async () => {
    await connected(newAccount());
    expect(await api.get(MetricsRegistry).exposition()).toMatch(/realtime_connections [1-9]/);
  });
});

describe('a room', () => {
  it('is open to those who have a right to it, and to nobody else', async () => {
    const [mine, theirs] = [newAccount(), newAccount()];
    const socket = await connected(mine);
    expect(await send(socket, 'subscribe', { room: `order:of-${mine}` })).toEqual({ success: true, data: { room: `order:of-${mine}` } });
    const refused = { success: false, error: { code: 'FORBIDDEN', message: expect.any(String) } };
    const foreign = [`order:of-${theirs}`, `account:${theirs}`, 'store:1', 'order', 'admin'];
    const malformed = ['constructor', '__proto__', `order:of-${mine}:x`, ''];
    for (const room of [...foreign, ...malformed]) expect(await send(socket, 'subscribe', { room })).toEqual(refused);
  });

  it('without id is open to those who have a right to it', async () => {
    const admin = connect({ token: tokenFor(newAccount(), ['admin']) });
    await outcomeOf(admin);
    expect(await send(admin, 'subscribe', { room: 'admin' })).toMatchObject({ success: true });
    expect(await send(admin, 'subscribe', { room: 'admin:1' })).toMatchObject({ success: false });
  });

  const nonsense: [unknown][] = [[undefined], [null], ['order:1'], [{ room: { $gt: '' } }], [{ room: ['order:1'] }]];
  it.each(nonsense)('cannot be asked for by %j', async (data) => {
    const socket = await connected(newAccount());
    expect(await send(socket, 'subscribe', data)).toMatchObject({ success: false, error: { code: 'VALIDATION_ERROR' } });
  });

  it('is one of a limited number for each connection', async () => {
    const account = newAccount();
    const socket = await connected(account);
    for (let index = 0; index < MOST_ROOMS; index += 1) {
      expect(await send(socket, 'subscribe', { room: `order:of-${account}-${index}` })).toMatchObject({ success: true });
    }
    expect(await send(socket, 'subscribe', { room: `order:of-${account}-more` })).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  });

  it('is heard by its members alone, whichever process speaks', async () => {
    const [mine, theirs] = [newAccount(), newAccount()];
    const [member, stranger, left] = await Promise.all([connected(mine), connected(theirs), connected(mine)]);
    const room = `order:of-${mine}`;
    await send(member, 'subscribe', { room });
    await send(left, 'subscribe', { room });
    await send(left, 'unsubscribe', { room });
    const [heard, overheard, missed] = [heardBy(member), heardBy(stranger), heardBy(left)];
    worker.get(Realtime).emit(room, 'order.updated', { orderId: 'ord_1', status: 'preparing' });
    api.get(Realtime).emit(room, 'delivery.location', { lat: 31.9, lng: 35.9 }, { volatile: true });
    await waitUntil(() => heard.length === 2);
    expect(heard).toEqual(
      expect.arrayContaining([
        { event: 'order.updated', payload: { orderId: 'ord_1', status: 'preparing' } },
        { event: 'delivery.location', payload: { lat: 31.9, lng: 35.9 } },
      ]),
    );
    // What was said to them before this has arrived when this has.
    worker.get(Realtime).emit(accountRoom(theirs), 'notification', {});
    worker.get(Realtime).emit(accountRoom(mine), 'notification', {});
    await waitUntil(() => overheard.length > 0 && missed.length > 0);
    expect(overheard).toEqual([{ event: 'notification', payload: {} }]);
    expect(missed).toEqual([{ event: 'notification', payload: {} }]);
  });

  it('is left by an account whose right has ended, said by any process', async () => {
    const mine = newAccount();
    const room = `order:of-${mine}`;
    const socket = await connected(mine);
    await send(socket, 'subscribe', { room });
    worker.get(Realtime).removeFrom(room, mine);
    const heard = heardBy(socket);
    worker.get(Realtime).emit(room, 'order.updated', {});
    worker.get(Realtime).emit(accountRoom(mine), 'notification', {});
    await waitUntil(() => heard.some(({ event }) => event === 'notification'));
    expect(heard.map(({ event }) => event)).not.toContain('order.updated');
  });
});

describe('a message from a client', () => {
  it('reaches whoever answers it, with the caller', async () => {
    const account = newAccount();
    const socket = await connected(account);
    typed.length = 0;
    expect(await send(socket, 'typing', { conversationId: 'con_1' })).toEqual({ success: true, data: { seen: true } });
    expect(typed).toEqual([{ caller: account, data: { conversationId: 'con_1' }, actor: { type: 'account', id: account } }]);
  });

  it('that nobody answers is refused', async () => {
    const socket = await connected(newAccount());
    expect(await send(socket, 'order.updated', {})).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } });
  });

  it('that breaks a rule says which, and one that breaks us says nothing of us', async () => {
    const socket = await connected(newAccount());
    expect(await send(socket, 'refuse')).toMatchObject({ success: false, error: { code: 'ORDER_NOT_FOUND' } });
    const broken = await send(socket, 'break');
    expect(broken).toMatchObject({ success: false, error: { code: 'INTERNAL_ERROR' } });
    expect(JSON.stringify(broken)).not.toContain('secret of the house');
  });
});

describe('without Redis', () => {
  it('the clients of a process hear that process, and all of them once Redis is back', async () => {
    const account = newAccount();
    const socket = await connected(account);
    const heard = heardBy(socket);
    await redis.stop();
    worker.get(Realtime).emit(accountRoom(account), 'notification', { from: 'worker' });
    api.get(Realtime).emit(accountRoom(account), 'notification', { from: 'api' });
    await waitUntil(() => heard.length > 0);
    expect(heard).toEqual([{ event: 'notification', payload: { from: 'api' } }]);
    await redis.start();
    await waitUntil(
      () => {
        worker.get(Realtime).emit(accountRoom(account), 'notification', { from: 'worker' });
        return heard.some(({ payload }) => JSON.stringify(payload).includes('worker'));
      },
      { within: 10_000 },
    );
  }, 20_000);
});

it('a process that stops lets its clients go at once, and those of others alone', async () => {
  const stopping = await startApi();
  const account = newAccount();
  const [leaving, staying] = await Promise.all([connected(account, stopping), connected(account)]);
  const from = performance.now();
  await stopping.close();
  expect(performance.now() - from).toBeLessThan(5000);
  await waitUntil(() => leaving.disconnected);
  expect(staying.connected).toBe(true);
  expect(await send(staying, 'typing', {})).toMatchObject({ success: true });
});
