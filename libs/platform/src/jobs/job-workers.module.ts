import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { JobWorkers } from './job-workers.js';
import { Sweeper } from './sweeper.js';

/** Runs processors and sweeps in this process: imported by the worker alone, once, beside JobsModule and ObservabilityModule. */
@Module({
  imports: [DiscoveryModule, ScheduleModule.forRoot()],
  providers: [JobWorkers, Sweeper],
  exports: [Sweeper],
})
export class JobWorkersModule {}
