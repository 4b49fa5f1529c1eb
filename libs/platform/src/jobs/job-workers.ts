import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Job, Queue } from 'bull';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { runInContext } from '../observability/execution-context.js';
import { decoratedMethods } from './decorated-methods.js';
import type { JobDefinition } from './job-definition.js';
import { processedBy } from './job-processor.js';
import type { JobHandler } from './job-processor.js';
import { JobQueues } from './job-queues.js';
import type { JobData } from './job-queues.js';
import { ParkedJobs } from './parked-jobs.js';
import { settledWithin } from './settled-within.js';

/** Running jobs get this long to end when the process stops (milliseconds); then another worker repeats them. */
const STOP_MS = 10_000;

type Work = { readonly definition: JobDefinition<object>; readonly handler: JobHandler<object>; readonly job: Job<JobData> };

/** Runs the methods marked with `@JobProcessor`: retries with back-off, parks at last, and lets running jobs end at a stop. */
@Injectable()
export class JobWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly processed: Queue<JobData>[] = [];
  private readonly outcomes;
  private stopping = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly queues: JobQueues,
    private readonly parked: ParkedJobs,
    metrics: MetricsRegistry,
  ) {
    this.outcomes = metrics.counter({ name: 'jobs_total', help: 'Attempts of jobs by outcome.', labelNames: ['name', 'outcome'] });
  }

  onApplicationBootstrap(): void {
    const processors = new Map<string, string>();
    for (const { mark, name, call } of decoratedMethods<JobDefinition<object>, JobHandler<object>>(this.discovery, processedBy)) {
      const other = processors.get(mark.name);
      if (other) throw new Error(`Both ${other} and ${name} process '${mark.name}'.`);
      processors.set(mark.name, name);
      this.process(mark, call);
    }
    const idle = this.queues.definitions().filter((definition) => !processors.has(definition.name));
    if (idle.length > 0) this.logger.warn(`No processor in this worker for: ${idle.map(({ name }) => name).join(', ')}`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    const ended = await settledWithin(this.processed.map((queue) => queue.pause(true)), STOP_MS);
    if (!ended) this.logger.error('Some jobs did not end in time; another worker repeats them.');
  }

  private process(definition: JobDefinition<object>, handler: JobHandler<object>): void {
    const queue = this.queues.queueOf(definition.name);
    this.processed.push(queue);
    queue.on('error', (error: Error) => this.tellError(definition.name, error));
    queue.on('stalled', (job: Job<JobData>) => this.logger.warn(`The job ${job.id} was left by a worker that died or hung; it is repeated`));
    queue.on('failed', (_job: Job<JobData> | null, error: Error) => {
      if (error.message.includes('stalled')) void this.parkFailed(definition);
    });
    void this.parkFailed(definition);
    // Bull would name its connections, which have names, and lose the rejection when the process stops meanwhile.
    Object.assign(queue, { setWorkerName: () => Promise.resolve() });
    // The promise ends with the queue.
    queue
      .process(definition.concurrency, (job: Job<JobData>) => this.run({ definition, handler, job }))
      .catch((error: unknown) => {
        if (!this.stopping) this.logger.error({ message: `The queue '${definition.name}' stopped`, error });
      });
  }

  private async run(work: Work): Promise<void> {
    const { correlationId, actor } = work.job.data;
    await runInContext({ correlationId, actor }, async () => {
      try {
        await this.attempt(work);
      } catch (error) {
        await this.onFailed(work, error);
        // The log has the reason; Redis need not keep what an error message may tell about people.
        throw new Error(`attempt ${work.job.attemptsMade + 1} failed`);
      }
      this.outcomes.inc({ name: work.definition.name, outcome: 'completed' });
    });
  }

  private async attempt({ definition, handler, job }: Work): Promise<void> {
    const timeout = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const error = new Error(`took longer than ${definition.timeoutMs} ms`);
        timeout.abort(error);
        reject(error);
      }, definition.timeoutMs);
    });
    try {
      const run = { id: String(job.id), attempt: job.attemptsMade + 1, signal: timeout.signal };
      await Promise.race([handler(job.data.payload, run), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async onFailed({ definition, job }: Work, error: unknown): Promise<void> {
    const attempt = job.attemptsMade + 1;
    const name = definition.name;
    this.outcomes.inc({ name, outcome: 'failed' });
    if (attempt < definition.attempts) {
      this.logger.warn({ message: `The job ${job.id} failed, attempt ${attempt} of ${definition.attempts}`, error });
      return;
    }
    this.logger.error({ message: `The job ${job.id} failed ${attempt} times and is parked`, error });
    if (!(await this.park(name, job, error, attempt))) return;
    job.opts.removeOnFail = true;
    await job.discard();
  }

  /** False when MongoDB is away: then the job stays in Redis and is tried again. */
  private async park(name: string, job: Job<JobData>, error: unknown, attempts: number): Promise<boolean> {
    try {
      await this.parked.park({ _id: String(job.id), name, ...job.data, attempts }, error);
      this.outcomes.inc({ name, outcome: 'parked' });
      return true;
    } catch (failure) {
      this.logger.error({ message: `The job ${job.id} could not be parked and is tried again`, error: failure });
      return false;
    }
  }

  /** Bull fails a job by itself when it has brought down worker after worker; those stay in Redis until they are parked. */
  private async parkFailed(definition: JobDefinition<object>): Promise<void> {
    try {
      const queue = this.queues.queueOf(definition.name);
      for (const job of await queue.getFailed()) {
        this.logger.error(`The job ${job.id} is parked: ${job.failedReason ?? 'it failed'}`);
        const error = new Error('the workers that ran it died or hung, again and again');
        if (await this.park(definition.name, job, error, job.attemptsMade + 1)) await job.remove();
      }
    } catch (error) {
      if (!this.stopping) this.logger.warn({ message: `What has failed of '${definition.name}' could not be parked yet`, error });
    }
  }

  private tellError(name: string, error: Error): void {
    // Lost connections are told once, by the connection itself.
    if ('syscall' in error || /connection is closed|socket timeout/i.test(error.message)) return;
    this.logger.warn({ message: `Bull says of '${name}'`, error });
  }
}
