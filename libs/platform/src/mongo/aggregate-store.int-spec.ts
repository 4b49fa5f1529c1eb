import type { INestApplicationContext } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { randomIds } from '@daraa/kernel';
import type { Connection } from 'mongoose';
import { Counter, Counters, startCounting } from '../../../../test/support/counting.js';
import { freshDatabase } from '../../../../test/support/database.js';
import type { AggregateStore } from './aggregate-store.js';
import { asDuplicateKey } from './duplicate-key-error.js';

const database = freshDatabase();
let processes: INestApplicationContext[];
let store: AggregateStore<Counter>;
let otherStore: AggregateStore<Counter>;
let connection: Connection;

beforeAll(async () => {
  processes = await Promise.all([startCounting(database.uri), startCounting(database.uri)]);
  [store, otherStore] = processes.map((each) => each.get(Counters).store) as [AggregateStore<Counter>, AggregateStore<Counter>];
  connection = processes[0]!.get<Connection>(getConnectionToken());
});

afterAll(() => Promise.all(processes.map((each) => each.close())));

const aCounter = () => store.insert(Counter.zero(randomIds.next('cnt')));
const document = (id: string) => connection.collection<{ _id: string }>('counters_under_test').findOne({ _id: id });

/** Commands that `work` sends to MongoDB. */
async function roundTripsOf(work: () => Promise<unknown>): Promise<string[]> {
  const commands: string[] = [];
  const count = (event: { commandName: string }) => commands.push(event.commandName);
  connection.getClient().on('commandStarted', count);
  await work();
  connection.getClient().off('commandStarted', count);
  return commands.filter((name) => !['hello', 'ping'].includes(name));
}

describe('an aggregate store', () => {
  it('keeps state, version and events in one document, written at once', async () => {
    const { id } = await aCounter();
    await store.update(id, (counter) => counter.increment());
    const stored = await document(id);
    expect(stored).toMatchObject({ version: 2, value: 1, updatedBy: { type: 'system' } });
    expect(stored).toHaveProperty('outbox');
  });

  it('loses no increment of thirty writers in two processes', async () => {
    const { id } = await aCounter();
    const stores = [store, otherStore];
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => stores[index % 2]!.update(id, (counter) => counter.increment())),
    );
    expect((await store.get(id)).value).toBe(30);
    expect(await document(id)).toMatchObject({ version: 31 });
  });

  it('updates an aggregate at hand with one round trip, and one by its id with two', async () => {
    const counter = await aCounter();
    expect(await roundTripsOf(() => store.update(counter, (each) => each.annotate('at hand')))).toHaveLength(1);
    expect(await roundTripsOf(() => store.update(counter.id, (each) => each.annotate('by id')))).toHaveLength(2);
  });

  it('sends the writes of one moment as one command', async () => {
    const counters = await Promise.all(Array.from({ length: 10 }, aCounter));
    expect(await roundTripsOf(() => store.updateAll(counters, (counter) => counter.annotate('together')))).toHaveLength(1);
  });

  it('writes nothing when nothing changed', async () => {
    const counter = await aCounter();
    const { changed, aggregate } = await store.update(counter, () => undefined);
    expect(changed).toBe(false);
    expect(aggregate.version).toBe(1);
  });

  it('takes away a field that the state no longer has', async () => {
    const { id } = await aCounter();
    await store.update(id, (counter) => counter.annotate('here'));
    await store.update(id, (counter) => counter.annotate(undefined));
    expect(await document(id)).not.toHaveProperty('note');
  });

  it('goes on from the stored state when the aggregate at hand is stale', async () => {
    const stale = await aCounter();
    await otherStore.update(stale.id, (counter) => counter.increment());
    const { aggregate } = await store.update(stale, (counter) => counter.increment());
    expect(aggregate.value).toBe(2);
    expect(stale.value).toBe(0);
  });

  it('refuses a version that the caller did not expect', async () => {
    const { id } = await aCounter();
    await expect(store.update(id, (counter) => counter.increment(), { expectedVersion: 7 })).rejects.toMatchObject({
      code: 'VERSION_MISMATCH',
    });
  });

  it('inserts an id once, whoever comes first', async () => {
    const id = randomIds.next('cnt');
    const outcomes = await Promise.all([store, otherStore, store, otherStore].map((each) => each.insertOrGet(Counter.zero(id))));
    expect(outcomes.filter((outcome) => outcome.inserted)).toHaveLength(1);
    const refusal = await store.insert(Counter.zero(id)).catch((error: unknown) => error);
    expect(asDuplicateKey(refusal)?.isSameId).toBe(true);
  });

  it('says which id does not exist by the error of its context', async () => {
    await expect(store.get('cnt_unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await store.find('cnt_unknown')).toBeUndefined();
  });
});
