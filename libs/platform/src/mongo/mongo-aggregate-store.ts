import { DomainError } from '@daraa/kernel';
import type { Aggregate, DomainEvent, ErrorCode, Snapshot } from '@daraa/kernel';
import type { Document } from 'mongodb';
import type { Model } from 'mongoose';
import { currentContext } from '../observability/execution-context.js';
import type { Outbox } from '../messaging/outbox.js';
import { AggregateStore } from './aggregate-store.js';
import type { Updated } from './aggregate-store.js';
import type { CoalescedWrites, SingleWrite } from './coalesced-writes.js';
import { asDuplicateKey } from './duplicate-key-error.js';
import { isSameValue } from './same-value.js';

/** How a store makes an aggregate from its document, and the error of an id that does not exist. */
export interface AggregateMapping<Stored extends Aggregate<object>> {
  readonly rehydrate: (snapshot: Snapshot<never>) => Stored;
  readonly notFound: ErrorCode;
}

interface Prepared<Stored> {
  readonly next: Stored;
  readonly write?: SingleWrite;
  readonly events: readonly DomainEvent[];
}

const ATTEMPTS = 20;
const LONGEST_PAUSE_MS = 40;
const OWN_FIELDS = new Set(['_id', 'version', 'outbox', 'createdAt', 'updatedAt', 'updatedBy']);

/** The AggregateStore over one MongoDB collection. */
export class MongoAggregateStore<Stored extends Aggregate<object>> extends AggregateStore<Stored> {
  private readonly collection: string;

  constructor(
    private readonly model: Model<Document>,
    private readonly mapping: AggregateMapping<Stored>,
    private readonly writes: CoalescedWrites,
    private readonly outbox: Outbox,
  ) {
    super();
    this.collection = model.collection.name;
    outbox.watch(this.collection);
  }

  async insert(aggregate: Stored): Promise<Stored> {
    const prepared = this.prepareInsert(aggregate);
    await this.writes.run(prepared.write);
    this.outbox.dispatchAfterReply(this.collection, prepared.events);
    return prepared.next;
  }

  async insertOrGet(aggregate: Stored): Promise<{ aggregate: Stored; inserted: boolean }> {
    try {
      return { aggregate: await this.insert(aggregate), inserted: true };
    } catch (error) {
      if (!asDuplicateKey(error)?.isSameId) throw error;
      return { aggregate: await this.get(aggregate.id), inserted: false };
    }
  }

  async insertOrGetAll(aggregates: readonly Stored[]): Promise<Stored[]> {
    const stored = await Promise.all(aggregates.map((aggregate) => this.insertOrGet(aggregate)));
    return stored.map((each) => each.aggregate);
  }

  async find(id: string): Promise<Stored | undefined> {
    const document = await this.model.collection.findOne({ _id: id as never });
    return document ? this.fromDocument(document) : undefined;
  }

  async findAll(ids: readonly string[]): Promise<Stored[]> {
    const documents = await this.model.collection.find({ _id: { $in: ids as never[] } }).toArray();
    return documents.map((document) => this.fromDocument(document));
  }

  async get(id: string): Promise<Stored> {
    const found = await this.find(id);
    if (!found) throw new DomainError(this.mapping.notFound);
    return found;
  }

  async update<Result>(
    target: string | Stored,
    change: (aggregate: Stored) => Result,
    options: { readonly expectedVersion?: number | undefined } = {},
  ): Promise<Updated<Stored, Result>> {
    const id = typeof target === 'string' ? target : target.id;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const before = attempt === 0 && typeof target !== 'string' ? target : await this.get(id);
      if (options.expectedVersion !== undefined && before.version !== options.expectedVersion) {
        throw new DomainError('VERSION_MISMATCH');
      }
      const copy = this.copyOf(before);
      const result = change(copy);
      const prepared = this.prepareUpdate(before, copy);
      if (!prepared.write) return { aggregate: before, result, changed: false };
      if ((await this.writes.run(prepared.write)).matched) {
        this.outbox.dispatchAfterReply(this.collection, prepared.events);
        return { aggregate: prepared.next, result, changed: true };
      }
      await pause(attempt);
    }
    throw new DomainError('CONFLICT');
  }

  async updateAll(targets: readonly Stored[], change: (aggregate: Stored) => void): Promise<Stored[]> {
    const updated = await Promise.all(targets.map((target) => this.update(target, change)));
    return updated.map((each) => each.aggregate);
  }

  async remove(id: string): Promise<boolean> {
    const outcome = await this.writes.run({
      name: 'deleteOne',
      collection: this.collection,
      filter: { _id: id, 'outbox.0': { $exists: false } },
    });
    return outcome.matched;
  }

  private prepareInsert(aggregate: Stored): Prepared<Stored> & { readonly write: SingleWrite } {
    const { id, state } = aggregate.snapshot();
    const events = this.outbox.seal(aggregate.recordedEvents(), id, 1);
    const now = new Date();
    const document = {
      ...withoutUndefined(state),
      _id: id,
      version: 1,
      outbox: events,
      createdAt: now,
      updatedAt: now,
      updatedBy: currentContext().actor,
    };
    return { next: this.rehydrate(id, 1, state), write: { name: 'insertOne', collection: this.collection, document }, events };
  }

  private prepareUpdate(before: Stored, after: Stored): Prepared<Stored> {
    const { id, version } = before;
    const events = this.outbox.seal(after.recordedEvents(), id, version + 1);
    const { set, unset } = difference(before.snapshot().state, after.snapshot().state);
    const nothingChanged = Object.keys(set).length === 0 && Object.keys(unset).length === 0;
    if (nothingChanged && events.length === 0) return { next: before, events };
    const update = {
      $set: { ...set, version: version + 1, updatedAt: new Date(), updatedBy: currentContext().actor },
      ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
      ...(events.length > 0 ? { $push: { outbox: { $each: events } } } : {}),
    };
    return {
      next: this.rehydrate(id, version + 1, after.snapshot().state),
      write: { name: 'updateOne', collection: this.collection, filter: { _id: id, version }, update },
      events,
    };
  }

  private copyOf(aggregate: Stored): Stored {
    const { id, version, state } = aggregate.snapshot();
    return this.rehydrate(id, version, structuredClone(state));
  }

  private rehydrate(id: string, version: number, state: object): Stored {
    return this.mapping.rehydrate({ id, version, state: state as never });
  }

  private fromDocument(document: Document): Stored {
    const state = Object.fromEntries(Object.entries(document).filter(([field]) => !OWN_FIELDS.has(field)));
    return this.rehydrate(String(document['_id']), Number(document['version']), state);
  }
}

/** What must be set and removed so that a document with the fields of `before` gets those of `after`; whole top-level fields. */
function difference(before: object, after: object): { set: Record<string, unknown>; unset: Record<string, ''> } {
  const set: Record<string, unknown> = {};
  const unset: Record<string, ''> = {};
  const old = new Map(Object.entries(before));
  for (const [field, value] of Object.entries(after) as [string, unknown][]) {
    if (value === undefined) continue;
    if (!isSameValue(old.get(field), value)) set[field] = value;
  }
  const kept = new Set(Object.entries(after).flatMap(([field, value]) => (value === undefined ? [] : [field])));
  for (const field of old.keys()) if (!kept.has(field) && old.get(field) !== undefined) unset[field] = '';
  return { set, unset };
}

function withoutUndefined(state: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}

/** Writers that collided come back at different times; the first retry is immediate. */
function pause(attempt: number): Promise<void> {
  if (attempt === 0) return Promise.resolve();
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** attempt)));
}
