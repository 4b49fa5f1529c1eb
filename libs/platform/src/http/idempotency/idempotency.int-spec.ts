import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';
import type { Connection } from 'mongoose';
import { DomainError } from '@daraa/kernel';
import { ACCOUNT_ID, CUP_ID, CupShelf, cupsModule } from '../../../../../test/support/cups.js';
import { freshDatabase } from '../../../../../test/support/database.js';
import { waitUntil } from '../../../../../test/support/wait-until.js';
import { MongoModule } from '../../mongo/mongo.module.js';
import { AccessTokens } from '../access/access-tokens.js';
import { createHttpApplication } from '../application.js';
import { asDomainError } from '../errors.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import { IDEMPOTENCY_COLLECTION } from './idempotency-record.js';
import type { IdempotencyRecord } from './idempotency-record.js';

const database = freshDatabase();
const LEASE = 400;
let app: NestFastifyApplication;
let shelf: CupShelf;
let keyNumber = 0;
let key = '';

beforeAll(async () => {
  const environment = { RATE_LIMIT: 'off' as const, MONGODB_URI: database.uri, IDEMPOTENCY_LEASE_MS: LEASE };
  app = await createHttpApplication(cupsModule({ imports: [MongoModule] }), { environment, logger: false });
  await app.init();
  shelf = app.get(CupShelf);
});

afterAll(() => app.close());

beforeEach(() => {
  keyNumber += 1;
  key = `key-${keyNumber}`;
  shelf.runs.length = 0;
  shelf.gate = Promise.resolve();
  shelf.failure = undefined;
});

function buy(body: object = { quantity: 2 }, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'POST', url: '/api/v1/cups/orders', payload: body, headers: { 'idempotency-key': key, ...headers } });
}

function bearer(accountId: string): Record<string, string> {
  const { token } = app.get(AccessTokens).sign({ accountId, roles: ['customer'], sessionId: 's', verified: true });
  return { authorization: `Bearer ${token}` };
}

function records() {
  return app.get<Connection>(getConnectionToken()).collection<IdempotencyRecord>(IDEMPOTENCY_COLLECTION);
}

/** Makes a gate that the command waits at; returns how to open it. */
function closeGate(): () => void {
  let open: () => void = () => undefined;
  shelf.gate = new Promise((resolve) => {
    open = resolve;
  });
  return () => open();
}

/** Runs a command up to its end and then lets it vanish, as if the process had been killed: its claim is all that is left. */
async function crash(body: object = { quantity: 2 }): Promise<string> {
  await buy(body);
  const [resourceId = ''] = shelf.runs;
  await records().updateOne(
    { resourceId },
    { $set: { state: 'in_progress', leaseUntil: new Date(Date.now() + LEASE) }, $unset: { response: 1 } },
  );
  shelf.runs.length = 0;
  return resourceId;
}

function commandsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const client = app.get<Connection>(getConnectionToken()).getClient();
  const commands: string[] = [];
  const note = ({ commandName }: { commandName: string }) => commands.push(commandName);
  client.on('commandStarted', note);
  return work().then(() => {
    client.off('commandStarted', note);
    return commands;
  });
}

describe('a command with a key', () => {
  it('runs once for fifty at the same time, and all get the same bytes', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => buy()));
    expect(shelf.runs).toHaveLength(1);
    expect(new Set(replies.map((reply) => `${reply.statusCode} ${reply.body}`)).size).toBe(1);
    expect(replies[0]?.statusCode).toBe(201);
    expect(replies.filter((reply) => reply.headers['idempotent-replayed'] === 'true')).toHaveLength(49);
    expect(replies[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('costs two round trips when it is new', async () => {
    expect(await commandsDuring(() => buy())).toEqual(['insert', 'update']);
  });

  it('is repeated for the same body in another order of names', async () => {
    const first = await buy({ quantity: 2, note: 'blue' });
    const second = await buy({ note: 'blue', quantity: 2 });
    expect([second.body, second.headers['idempotent-replayed']]).toEqual([first.body, 'true']);
  });

  it('is refused for another body', async () => {
    await buy({ quantity: 2 });
    const other = await buy({ quantity: 3 });
    expect([other.statusCode, other.json().error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(shelf.runs).toHaveLength(1);
  });

  it('is refused for another resource of the same route', async () => {
    const polish = (id: string) => app.inject({ method: 'POST', url: `/api/v1/cups/${id}/polish`, headers: { 'idempotency-key': key } });
    expect((await polish(CUP_ID)).statusCode).toBe(200);
    expect((await polish('cup_11jc4yqz8ke5f9h0mns2bvx6tw')).json().error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('is another command for another account, cart or route', async () => {
    await buy({ quantity: 2 }, bearer(ACCOUNT_ID));
    await buy({ quantity: 3 }, bearer('acc_other'));
    await buy({ quantity: 4 }, { 'x-cart-token': 'cart-1' });
    await buy({ quantity: 5 }, { 'x-cart-token': 'cart-2' });
    await buy({ quantity: 6 });
    await app.inject({ method: 'POST', url: `/api/v1/cups/${CUP_ID}/polish`, headers: { 'idempotency-key': key } });
    expect(shelf.runs).toHaveLength(6);
  });

  it.each(['', 'a'.repeat(256), 'schlüssel'])('is refused when the key is %j', async (bad) => {
    const reply = await buy({ quantity: 2 }, { 'idempotency-key': bad });
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
  });

  it('must have the key where the route requires it, and goes without where it does not', async () => {
    const without = await app.inject({ method: 'POST', url: '/api/v1/cups/orders', payload: { quantity: 1 } });
    expect(without.json().error.code).toBe('IDEMPOTENCY_KEY_REQUIRED');
    const polished = await app.inject({ method: 'POST', url: `/api/v1/cups/${CUP_ID}/polish` });
    expect(polished.json().data).toEqual({ id: CUP_ID, claimed: false });
  });
});

describe('an attempt that died', () => {
  it('is waited for while its lease lasts, then taken over with the same id', async () => {
    const resourceId = await crash();
    const leaseUntil = (await records().findOne({ resourceId }))?.leaseUntil.getTime();
    const replies = await Promise.all(Array.from({ length: 10 }, () => buy()));
    expect(Date.now()).toBeGreaterThanOrEqual(leaseUntil ?? Infinity);
    expect(shelf.runs).toEqual([resourceId]);
    expect(new Set(replies.map((reply) => `${reply.statusCode} ${reply.body}`)).size).toBe(1);
    expect(replies[0]?.json().data.id).toBe(resourceId);
  });

  it('does not answer any more when it was only slow and another has taken over', async () => {
    const open = closeGate();
    const slow = buy();
    await waitUntil(() => shelf.runs.length === 1);
    shelf.gate = Promise.resolve();
    const second = await buy();
    expect(shelf.runs).toHaveLength(2);
    expect(shelf.runs[1]).toBe(shelf.runs[0]);
    open();
    expect((await slow).body).toBe(second.body);
    expect((await buy()).body).toBe(second.body);
  });

  it('cannot be continued with another body', async () => {
    await crash({ quantity: 2 });
    expect((await buy({ quantity: 3 })).json().error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('a refusal', () => {
  it('of a rule is kept, with its bytes', async () => {
    shelf.failure = new DomainError('INSUFFICIENT_STOCK', { details: [{ field: 'items[0]', message: 'only 1 left' }] });
    const first = await buy();
    shelf.failure = undefined;
    const second = await buy();
    expect(first.statusCode).toBe(422);
    expect([second.statusCode, second.body, second.headers['idempotent-replayed']]).toEqual([422, first.body, 'true']);
    expect(shelf.runs).toHaveLength(1);
  });

  it.each(['VALIDATION_ERROR', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'IDEMPOTENCY_IN_PROGRESS'] as const)(
    'by %s is not kept, and the key may be used with another body',
    async (code) => {
      shelf.failure = new DomainError(code);
      expect((await buy({ quantity: 2 })).json().error.code).toBe(code);
      shelf.failure = undefined;
      expect((await buy({ quantity: 3 })).statusCode).toBe(201);
    },
  );

  it('of a body that is not valid is not kept', async () => {
    expect((await buy({ quantity: 'two' })).statusCode).toBe(400);
    expect((await buy({ quantity: 2 })).statusCode).toBe(201);
  });

  it.each([
    ['on our side', new Error('boom')],
    ['because the database is away', new DomainError('SERVICE_UNAVAILABLE')],
    ['because of a lost race', new DomainError('CONFLICT')],
  ])('%s is not kept, and the next attempt has the same id', async (_name, failure) => {
    shelf.failure = failure;
    expect((await buy()).statusCode).toBe(asDomainError(failure).status);
    shelf.failure = undefined;
    const next = await buy();
    expect([next.statusCode, next.headers['idempotent-replayed']]).toEqual([201, undefined]);
    expect(shelf.runs[1]).toBe(shelf.runs[0]);
  });
});

describe('a kept answer', () => {
  it('is forgotten after a day, swept or not', async () => {
    const first = await buy();
    const day = 24 * 3_600_000;
    const kept = await records().findOne({ resourceId: first.json().data.id });
    expect(Math.abs((kept?.expiresAt.getTime() ?? 0) - Date.now() - day)).toBeLessThan(10_000);
    await records().updateOne({ resourceId: first.json().data.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    const next = await buy({ quantity: 9 });
    expect([next.statusCode, shelf.runs.length]).toEqual([201, 2]);
    expect(shelf.runs[1]).not.toBe(shelf.runs[0]);
  });

  it('is removed by the sweep once it has expired, and not before', async () => {
    await buy();
    const [resourceId = ''] = shelf.runs;
    await app.get(IdempotencyKeys).sweep(new Date());
    expect(await records().countDocuments({ resourceId })).toBe(1);
    await app.get(IdempotencyKeys).sweep(new Date(Date.now() + 25 * 3_600_000));
    expect(await records().countDocuments({ resourceId })).toBe(0);
  });

  it('is found by an index when it is swept', async () => {
    await waitUntil(async () => (await records().indexes()).some(({ key: fields }) => 'expiresAt' in fields), {
      describe: 'the index is built',
    });
  });
});
