import { Injectable, Logger } from '@nestjs/common';
import { currentContext } from '../observability/execution-context.js';
import { jobIdOf } from './job-definition.js';
import type { JobDefinition } from './job-definition.js';
import { JobQueue, JobQueueUnavailable } from './job-queue.js';
import type { EnqueueOptions, JobRequest } from './job-queue.js';
import { JobQueues } from './job-queues.js';
import type { JobData } from './job-queues.js';
import { ParkedJobs } from './parked-jobs.js';

/** The JobQueue over Bull and Redis. */
@Injectable()
export class BullJobQueue extends JobQueue {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly queues: JobQueues,
    private readonly parked: ParkedJobs,
  ) {
    super();
  }

  override async enqueue<Payload extends object>(
    definition: JobDefinition<Payload>,
    id: string,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<void> {
    await this.queues.add(definition.name, [{ jobId: jobIdOf(definition, id), data: dataOf(payload), ...options }]);
  }

  override async tryEnqueue<Payload extends object>(
    definition: JobDefinition<Payload>,
    id: string,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<boolean> {
    try {
      await this.enqueue(definition, id, payload, options);
      return true;
    } catch (error) {
      if (!(error instanceof JobQueueUnavailable)) throw error;
      this.logger.warn({ message: `Left to the sweep: ${jobIdOf(definition, id)}`, error: error.cause });
      return false;
    }
  }

  override async enqueueDue<Payload extends object>(
    definition: JobDefinition<Payload>,
    due: readonly JobRequest<Payload>[],
  ): Promise<number> {
    if (due.length === 0) return 0;
    const parked = await this.parked.among(due.map(({ id }) => jobIdOf(definition, id)));
    const jobs = due.map(({ id, payload }) => ({ jobId: jobIdOf(definition, id), data: dataOf(payload) }));
    const wanted = jobs.filter(({ jobId }) => !parked.has(jobId));
    await this.queues.add(definition.name, wanted);
    return wanted.length;
  }
}

function dataOf(payload: object): JobData {
  const { correlationId, actor } = currentContext();
  return { payload, correlationId, actor };
}
