import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ShutdownState } from '../http/shutdown.js';
import { Health } from './health.js';
import { WorkerHealth } from './worker-health.js';

/** `/health`, `/ready` and `/metrics` of a worker on WORKER_PORT; imported by the worker alone, beside PlatformModule. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  providers: [Health, ShutdownState, WorkerHealth],
})
export class WorkerHealthModule {}
