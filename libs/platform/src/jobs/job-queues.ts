import { once } from 'node:events';
import { getQueueToken } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JobOptions as BullJobOptions, Queue } from 'bull';
import type { Actor } from '@daraa/kernel';
import { BullConnections } from './bull-connections.js';
import type { CappedBackoff } from './backoff.js';
import { JobQueueUnavailable } from './job-queue.js';
import type { JobDefinition } from './job-definition.js';
import { RegisteredJobs } from './registered-jobs.js';

/** Redis has this many milliseconds to take a job. */
export const ENQUEUE_MS = 1000;

/** How long queues may take to close before their connections are cut (milliseconds). */
const CLOSE_MS = 2000;

/** What travels in Redis. */
export interface JobData {
  readonly payload: object;
  readonly correlationId: string;
  readonly actor: Actor;
}

/** A job that is to be added to its queue. */
export interface NewJob {
  readonly jobId: string;
  readonly data: JobData;
  readonly delayMs?: number;
}

/** Bull's queues of this process, one per kind of job, by name: each with its own concurrency, none waits for another. */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  constructor(
    private readonly connections: BullConnections,
    private readonly registered: RegisteredJobs,
    private readonly moduleRef: ModuleRef,
  ) {}

  definitions(): readonly JobDefinition<object>[] {
    return this.registered.all();
  }

  /** The queue of a kind of job. Throws an Error when no module of the process has registered it. */
  queueOf(name: string): Queue<JobData> {
    this.registered.get(name);
    return this.moduleRef.get<Queue<JobData>>(getQueueToken(name), { strict: false });
  }

  /** Adds jobs in one round trip; ids that are in the queue are left as they are. Throws JobQueueUnavailable after ENQUEUE_MS. */
  async add(name: string, jobs: readonly NewJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const definition = this.registered.get(name);
    const queue = this.queueOf(name);
    const deadline = AbortSignal.timeout(ENQUEUE_MS);
    try {
      await this.ready(deadline);
      const bulk = jobs.map((job) => ({ data: job.data, opts: optionsOf(definition, job) }));
      const added = await within(queue.addBulk(bulk), deadline);
      if (added.some((job) => !job.id)) throw new Error('Redis refused to store it');
    } catch (error) {
      throw new JobQueueUnavailable(jobs.length === 1 ? (jobs[0]?.jobId ?? name) : name, error);
    }
  }

  /** How many jobs of a kind wait or are delayed. Rejects when Redis does not answer within ENQUEUE_MS. */
  async waiting(name: string): Promise<number> {
    const deadline = AbortSignal.timeout(ENQUEUE_MS);
    await this.ready(deadline);
    const counts = await within(this.queueOf(name).getJobCounts(), deadline);
    return counts.waiting + counts.delayed;
  }

  async onApplicationShutdown(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
    const closed = Promise.allSettled(this.definitions().map(({ name }) => this.queueOf(name).close()));
    await Promise.race([closed, late]);
    await this.connections.close();
  }

  /** Without this, Bull would keep the job in memory until Redis is back, long after the caller was told that it is not taken. */
  private async ready(deadline: AbortSignal): Promise<void> {
    const redis = this.connections.commands;
    if (redis.status !== 'ready') await once(redis, 'ready', { signal: deadline });
  }
}

function optionsOf(definition: JobDefinition<object>, job: NewJob): BullJobOptions {
  const options: CappedBackoff = { baseMs: definition.backoffMs };
  return {
    jobId: job.jobId,
    delay: job.delayMs ?? 0,
    // The worker ends the attempts itself, by discarding the job once it stands in `parked_jobs`: never before.
    attempts: 1_000_000,
    backoff: { type: 'capped', options },
    removeOnComplete: true,
    // What Bull itself fails (see maxStalledCount) must stay until it stands in `parked_jobs`.
    removeOnFail: false,
  };
}

/** The outcome of `work`, or a rejection when `deadline` comes first. */
async function within<Result>(work: Promise<Result>, deadline: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('Redis did not answer in time'));
    if (deadline.aborted) late();
    deadline.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', late));
  });
}
