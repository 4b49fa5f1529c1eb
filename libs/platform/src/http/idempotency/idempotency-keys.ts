import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Collection, Connection } from 'mongoose';
import { DomainError, randomIds } from '@daraa/kernel';
import { Environment } from '../../config/environment.js';
import { IDEMPOTENCY_COLLECTION, idempotencySchema } from './idempotency-record.js';
import type { IdempotencyRecord } from './idempotency-record.js';

const HOUR = 3_600_000;
/** An answer is kept this long (milliseconds). */
const KEPT_FOR = 24 * HOUR;
/** A duplicate waits this long (milliseconds) for the first to finish. */
const PATIENCE = 10_000;
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 250;
const DUPLICATE_KEY = 11_000;

/** What is asked for with a key. */
export interface KeyedRequest {
  readonly id: string;
  readonly bodyHash: string;
  /** The prefix of the id to mint. */
  readonly mints: string;
}

/** A record that this attempt holds. */
export interface HeldKey {
  readonly id: string;
  readonly owner: string;
  readonly resourceId: string;
  /** An earlier attempt held the key and did not finish: what it did may stand already. */
  readonly resumed: boolean;
}

export interface KeptResponse {
  readonly status: number;
  readonly body: string;
}

export type ClaimResult = { readonly held: HeldKey } | { readonly kept: KeptResponse };

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
}

/**
 * The records of `Idempotency-Key`s. The happy path costs two round trips, claim and completion. A claim has a lease; when
 * its holder dies, the next attempt takes the record over with the same resource id.
 */
@Injectable()
export class IdempotencyKeys implements OnModuleInit {
  constructor(
    @Optional() @Inject(getConnectionToken()) private readonly connection: Connection | undefined,
    private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    this.connection?.model('IdempotencyKey', idempotencySchema);
  }

  /**
   * Claims the key, or finds the answer that was kept. Waits up to ten seconds while another attempt runs, then throws
   * `IDEMPOTENCY_IN_PROGRESS`; throws `IDEMPOTENCY_KEY_REUSED` for another body.
   */
  async claim(request: KeyedRequest): Promise<ClaimResult> {
    const patienceUntil = Date.now() + PATIENCE;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const result = (await this.insert(request)) ?? (await this.join(request));
      if (result) return result;
      if (Date.now() >= patienceUntil) throw new DomainError('IDEMPOTENCY_IN_PROGRESS');
      await wait(pause);
    }
  }

  /** Keeps the answer, if the record is still ours; otherwise the answer of whoever took it over, where it stands already. */
  async complete(held: HeldKey, response: KeptResponse): Promise<KeptResponse> {
    const { matchedCount } = await this.records().updateOne(
      { _id: held.id, owner: held.owner, state: 'in_progress' },
      { $set: { state: 'done', response, expiresAt: new Date(Date.now() + KEPT_FOR) } },
    );
    if (matchedCount === 1) return response;
    const other = await this.records().findOne({ _id: held.id, state: 'done' });
    return other?.response ?? response;
  }

  /** Gives the key back as if it had never been used. */
  async forget(held: HeldKey): Promise<void> {
    await this.records().deleteOne({ _id: held.id, owner: held.owner, state: 'in_progress' });
  }

  /** Lets the next attempt go on at once, with the same resource id. */
  async release(held: HeldKey): Promise<void> {
    await this.records().updateOne({ _id: held.id, owner: held.owner, state: 'in_progress' }, { $set: { leaseUntil: new Date(0) } });
  }

  /** Removes what expired before `now`; returns how many. */
  async sweep(now: Date): Promise<number> {
    const { deletedCount } = await this.records().deleteMany({ expiresAt: { $lte: now } });
    return deletedCount;
  }

  private async insert(request: KeyedRequest): Promise<ClaimResult | undefined> {
    const record = this.fresh(request);
    try {
      await this.records().insertOne(record);
      return { held: heldOf(record, false) };
    } catch (error) {
      if (isDuplicate(error)) return undefined;
      throw error;
    }
  }

  /** What an existing record means to a newcomer; undefined: look again later. */
  private async join(request: KeyedRequest): Promise<ClaimResult | undefined> {
    const now = new Date();
    const found = await this.records().findOne({ _id: request.id });
    if (!found) return undefined;
    if (found.expiresAt <= now) return this.takeOver(found, this.fresh(request));
    if (found.bodyHash !== request.bodyHash) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    if (found.state === 'done' && found.response) return { kept: found.response };
    if (found.leaseUntil > now) return undefined;
    return this.takeOver(found, { ...this.fresh(request), resourceId: found.resourceId });
  }

  private async takeOver(found: IdempotencyRecord, record: IdempotencyRecord): Promise<ClaimResult | undefined> {
    const { matchedCount } = await this.records().replaceOne(
      { _id: found._id, owner: found.owner, state: found.state, leaseUntil: found.leaseUntil },
      record,
    );
    return matchedCount === 1 ? { held: heldOf(record, record.resourceId === found.resourceId) } : undefined;
  }

  private fresh(request: KeyedRequest): IdempotencyRecord {
    const now = Date.now();
    return {
      _id: request.id,
      bodyHash: request.bodyHash,
      state: 'in_progress',
      resourceId: randomIds.next(request.mints),
      owner: randomUUID(),
      leaseUntil: new Date(now + this.environment.IDEMPOTENCY_LEASE_MS),
      expiresAt: new Date(now + KEPT_FOR),
    };
  }

  private records(): Collection<IdempotencyRecord> {
    if (!this.connection) throw new DomainError('SERVICE_UNAVAILABLE', { cause: new Error('There is no MongoDB connection') });
    return this.connection.collection<IdempotencyRecord>(IDEMPOTENCY_COLLECTION);
  }
}

function heldOf(record: IdempotencyRecord, resumed: boolean): HeldKey {
  return { id: record._id, owner: record.owner, resourceId: record.resourceId, resumed };
}
