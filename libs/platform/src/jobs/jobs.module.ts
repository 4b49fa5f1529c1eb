import { BullModule } from '@nestjs/bull';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ObservabilityModule } from '../observability/observability.module.js';
import { BullConnections } from './bull-connections.js';
import { BullJobQueue } from './bull-job-queue.js';
import { JobMetrics } from './job-metrics.js';
import { JobQueue } from './job-queue.js';
import { JobQueues } from './job-queues.js';
import { Leases } from './leases.js';
import { ParkedJobs } from './parked-jobs.js';
import { JobRegistration, RegisteredJobs } from './registered-jobs.js';
import type { JobDefinition } from './job-definition.js';

@Global()
@Module({ providers: [BullConnections], exports: [BullConnections] })
class BullConnectionsModule {}

/** One module per kind of job in the program, so that every context that names it shares its queue. */
const queueModules = new WeakMap<JobDefinition<object>, DynamicModule>();

@Module({})
class JobQueueModule {}

function queueModule(definition: JobDefinition<object>): DynamicModule {
  const known = queueModules.get(definition);
  if (known) return known;
  const created = {
    module: JobQueueModule,
    imports: [BullModule.registerQueue({ name: definition.name })],
    providers: [{ provide: `JobRegistration:${definition.name}`, useValue: new JobRegistration(definition) }],
  };
  queueModules.set(definition, created);
  return created;
}

@Module({})
class RegisteredJobsModule {}

/**
 * Enqueueing, parked jobs and leases, for every process. Contexts say `JobsModule.register(SendVerification, …)` in the
 * imports of their module and inject `JobQueue`; the process itself imports `JobsModule` once.
 */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    ObservabilityModule,
    BullConnectionsModule,
    BullModule.forRootAsync({ inject: [BullConnections], useFactory: (connections: BullConnections) => connections.queueOptions() }),
  ],
  providers: [JobMetrics, RegisteredJobs, JobQueues, ParkedJobs, Leases, { provide: JobQueue, useClass: BullJobQueue }],
  exports: [JobQueue, JobQueues, ParkedJobs, Leases],
})
export class JobsModule {
  /** Registers the kinds of job of a context; naming one twice is naming it once. */
  static register(...definitions: readonly JobDefinition<object>[]): DynamicModule {
    return { module: RegisteredJobsModule, imports: definitions.map(queueModule) };
  }
}
