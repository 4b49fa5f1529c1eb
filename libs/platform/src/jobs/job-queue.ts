import { DomainError } from '@daraa/kernel';
import type { JobDefinition } from './job-definition.js';

/** The queue did not take the job within a second. What MongoDB promised, a sweep enqueues later. */
export class JobQueueUnavailable extends DomainError {
  constructor(job: string, cause: unknown) {
    super('SERVICE_UNAVAILABLE', { message: `The queue did not take the job '${job}'.`, cause });
    this.name = 'JobQueueUnavailable';
  }
}

/** When a job may start. */
export interface EnqueueOptions {
  /** Milliseconds from now; 0 when absent. */
  readonly delayMs?: number;
}

/** One job of a batch. */
export interface JobRequest<Payload extends object> {
  readonly id: string;
  readonly payload: Payload;
}

/**
 * Where work goes that leaves the process or waits. A job has the id `<name>:<id>` and carries correlation id and actor of
 * the present context. The same id is not taken twice **while the job is in Redis**: once it has run, or Redis was emptied,
 * the same id runs again, so the processor must find in MongoDB whether its work is still wanted.
 */
export abstract class JobQueue {
  /** Enqueues one job. Throws JobQueueUnavailable when Redis has not taken it within a second. */
  abstract enqueue<Payload extends object>(
    definition: JobDefinition<Payload>,
    id: string,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<void>;

  /**
   * Like `enqueue`, for those whose sweep enqueues it later in any case: false, and a line in the log, when Redis has not
   * taken it. Event handlers and request handlers use this after they have stored what is to be done.
   */
  abstract tryEnqueue<Payload extends object>(
    definition: JobDefinition<Payload>,
    id: string,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<boolean>;

  /**
   * For sweeps: enqueues what is due, in one round trip, and leaves out what is parked (a person decides about that).
   * Returns how many were handed to the queue, those it has already included. Throws JobQueueUnavailable.
   */
  abstract enqueueDue<Payload extends object>(definition: JobDefinition<Payload>, due: readonly JobRequest<Payload>[]): Promise<number>;
}
