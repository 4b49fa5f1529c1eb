import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { JobQueues } from './job-queues.js';
import { ParkedJobs } from './parked-jobs.js';

/** What every process tells about queues when its metrics are read. */
@Injectable()
export class JobMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly queues: JobQueues,
    private readonly parked: ParkedJobs,
  ) {}

  onModuleInit(): void {
    const { queues, parked } = this;
    this.metrics.gauge({
      name: 'jobs_waiting',
      help: 'Jobs that wait or are delayed.',
      labelNames: ['name'],
      collect: async (gauge) => {
        const names = queues.definitions().map(({ name }) => name);
        const counts = await Promise.all(names.map((name) => queues.waiting(name)));
        names.forEach((name, index) => gauge.set({ name }, counts[index] ?? 0));
      },
    });
    this.metrics.gauge({
      name: 'parked_jobs',
      help: 'Jobs that failed in all attempts and wait for a person.',
      collect: async (gauge) => gauge.set(await parked.count()),
    });
  }
}
