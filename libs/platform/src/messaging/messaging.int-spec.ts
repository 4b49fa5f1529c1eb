import type { INestApplicationContext } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { randomIds } from '@daraa/kernel';
import type { DomainEvent } from '@daraa/kernel';
import type { Connection } from 'mongoose';
import { Counter, Counters, Listener, startCounting } from '../../../../test/support/counting.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { runInContext } from '../observability/execution-context.js';
import type { ExecutionContext } from '../observability/execution-context.js';
import { markHandledDirectly } from './directly-handled.js';
import { Dispatcher } from './dispatcher.js';
import { OutboxRelay } from './outbox-relay.js';
import { ParkedEvents } from './parked-events.js';

const database = freshDatabase();
let api: INestApplicationContext;
let worker: INestApplicationContext;
let counters: { findOne(filter: { _id: string }): Promise<{ outbox: DomainEvent[] } | null> };

beforeAll(async () => {
  [api, worker] = await Promise.all([startCounting(database.uri), startCounting(database.uri)]);
  counters = api.get<Connection>(getConnectionToken()).collection('counters_under_test') as never;
});

afterAll(() => Promise.all([api.close(), worker.close()]));

beforeEach(() => {
  for (const each of [api, worker]) {
    const listener = each.get(Listener);
    listener.heard.length = 0;
    listener.attempts = 0;
    listener.failuresLeft = 0;
  }
});

const outboxOf = async (id: string) => (await counters.findOne({ _id: id }))?.outbox ?? [];

/** A request that writes and then, like a process killed between write and dispatch, never gets to its reply. */
async function crashAfterWriting(): Promise<string> {
  const id = randomIds.next('cnt');
  const request: ExecutionContext = { correlationId: `request-${id}`, actor: { type: 'account', id: 'acc_1' }, afterReply: [] };
  await runInContext(request, async () => {
    const counter = await api.get(Counters).store.insert(Counter.zero(id));
    await api.get(Counters).store.update(counter, (each) => each.increment());
  });
  return id;
}

async function increment(): Promise<string> {
  const store = api.get(Counters).store;
  const counter = await store.insert(Counter.zero(randomIds.next('cnt')));
  await store.update(counter, (each) => each.increment());
  return counter.id;
}

describe('an event', () => {
  it('rides in its document, is dispatched, and is taken out once handled', async () => {
    const id = await increment();
    await waitUntil(() => api.get(Listener).heard.some((event) => event.aggregateId === id));
    await waitUntil(async () => (await outboxOf(id)).length === 0);
    expect(worker.get(Listener).heard).toHaveLength(0);
  });

  it('that nobody subscribes to is not written', async () => {
    const id = await crashAfterWriting();
    expect((await outboxOf(id)).map((event) => event.type)).toEqual(['testing.Counted']);
    await worker.get(OutboxRelay).run(-1000);
  });

  it('is not dispatched before the reply is sent', async () => {
    const id = await crashAfterWriting();
    expect(api.get(Listener).heard).toHaveLength(0);
    expect(await outboxOf(id)).toHaveLength(1);
    await worker.get(OutboxRelay).run(-1000);
  });

  it('of a process that was killed between write and dispatch is delivered by the relay, with its actor and correlation', async () => {
    const id = await crashAfterWriting();
    await worker.get(OutboxRelay).run(-1000);
    const event = worker.get(Listener).heard.find((each) => each.aggregateId === id);
    expect(event).toMatchObject({ correlationId: `request-${id}`, actor: { id: 'acc_1' }, aggregateVersion: 2, payload: { to: 1 } });
    await waitUntil(async () => (await outboxOf(id)).length === 0);
  });

  it('younger than five seconds is left to the process that wrote it', async () => {
    const id = await crashAfterWriting();
    await worker.get(OutboxRelay).run();
    expect(worker.get(Listener).heard).toHaveLength(0);
    await worker.get(OutboxRelay).run(-1000);
    expect(worker.get(Listener).heard.map((event) => event.aggregateId)).toEqual([id]);
  });

  it('reaches a handler that failed at first again, and not the one that succeeded', async () => {
    api.get(Listener).failuresLeft = 2;
    const id = await increment();
    await waitUntil(async () => (await outboxOf(id)).length === 0);
    expect(api.get(Listener)).toMatchObject({ attempts: 3, failuresLeft: 0 });
    expect(api.get(Listener).heard).toHaveLength(1);
  });

  it('that poisons a handler is parked for it after five attempts, does not hold up the others, and can be replayed', async () => {
    const listener = api.get(Listener);
    listener.failuresLeft = 6;
    const id = await increment();
    await waitUntil(async () => (await outboxOf(id)).length === 0, { within: 15_000 });
    const parked = (await api.get(ParkedEvents).list()).find((each) => each.event.aggregateId === id);
    expect(parked).toMatchObject({ handler: 'testing.stumble', attempts: 5 });
    expect(listener.heard).toHaveLength(1);

    await expect(worker.get(Dispatcher).replay('evt_unknown:handler')).rejects.toThrow('no parked event');
    await expect(api.get(Dispatcher).replay(parked!._id)).rejects.toThrow('stumbled');
    await api.get(Dispatcher).replay(parked!._id);
    expect(listener.heard).toHaveLength(1);
    expect(await api.get(ParkedEvents).find(parked!._id)).toBeUndefined();
  }, 20_000);

  it('is dispatched once by a process that is asked to twice at a time', async () => {
    const id = await crashAfterWriting();
    const event = (await outboxOf(id))[0]!;
    const dispatcher = worker.get(Dispatcher);
    const dispatch = { collection: 'counters_under_test', event };
    await Promise.all([dispatcher.dispatch(dispatch), dispatcher.dispatch(dispatch)]);
    expect(worker.get(Listener).heard).toHaveLength(1);
  });

  it('skips the handler whose work the command has done by itself, and only that one', async () => {
    const afterReply: (() => void)[] = [];
    const id = randomIds.next('cnt');
    await runInContext({ correlationId: 'direct', actor: { type: 'system', id: 'system' }, afterReply }, async () => {
      const store = api.get(Counters).store;
      await store.update(await store.insert(Counter.zero(id)), (each) => each.increment());
      markHandledDirectly('testing.listen', id);
    });
    for (const work of afterReply) work();
    await waitUntil(async () => (await outboxOf(id)).length === 0);
    expect(api.get(Listener)).toMatchObject({ attempts: 1 });
    expect(api.get(Listener).heard).toHaveLength(0);
  });
});
