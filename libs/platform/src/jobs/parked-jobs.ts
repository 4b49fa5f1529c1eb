import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DomainError } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';
import type { Connection } from 'mongoose';
import { scrub } from '../observability/redaction.js';
import { JobQueues } from './job-queues.js';

/** A job that failed in all its attempts; it waits for a person. */
export interface ParkedJob {
  /** `<name>:<id>`. */
  readonly _id: string;
  readonly name: string;
  readonly payload: object;
  readonly correlationId: string;
  readonly actor: Actor;
  readonly error: string;
  /** Over all its runs. */
  readonly attempts: number;
  readonly parkedAt: Date;
}

/** The collection `parked_jobs`. Parking a job again updates its entry. */
@Injectable()
export class ParkedJobs {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly queues: JobQueues,
  ) {}

  async park(job: Omit<ParkedJob, 'parkedAt' | 'error'>, error: unknown): Promise<void> {
    const { _id, attempts, ...rest } = job;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await this.jobs().updateOne(
      { _id },
      { $set: { ...rest, error: scrub(reason).slice(0, 4000), parkedAt: new Date() }, $inc: { attempts } },
      { upsert: true },
    );
  }

  /** The parked jobs, by name and id; at most `limit`. */
  async list(limit = 100): Promise<ParkedJob[]> {
    return this.jobs().find().sort({ _id: 1 }).limit(limit).toArray();
  }

  async find(id: string): Promise<ParkedJob | undefined> {
    return (await this.jobs().findOne({ _id: id })) ?? undefined;
  }

  async count(): Promise<number> {
    return this.jobs().estimatedDocumentCount();
  }

  /** Those of `ids` that are parked. */
  async among(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.jobs().find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
    return new Set(found.map((job) => job._id));
  }

  /**
   * Enqueues a parked job again, with all its attempts, as whoever first enqueued it. Throws NOT_FOUND when it is not parked
   * (any more), JobQueueUnavailable when Redis does not take it; then it stays parked.
   */
  async replay(id: string): Promise<void> {
    const job = await this.find(id);
    if (!job) throw new DomainError('NOT_FOUND', { message: `The job '${id}' is not parked.` });
    const { payload, correlationId, actor } = job;
    await this.queues.add(job.name, [{ jobId: id, data: { payload, correlationId, actor } }]);
    // Parked again in the meantime: that entry is a new one and stays.
    await this.jobs().deleteOne({ _id: id, parkedAt: job.parkedAt });
  }

  /** Gives a parked job up. */
  async remove(id: string): Promise<void> {
    await this.jobs().deleteOne({ _id: id });
  }

  private jobs() {
    return this.connection.collection<ParkedJob>('parked_jobs');
  }
}
