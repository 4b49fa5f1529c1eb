import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Health } from './health.js';
import { HealthController } from './health.controller.js';
import { RequestLog } from './request-log.js';

/**
 * For a process that serves HTTP: `/health`, `/ready` and `/metrics`, and the log and the metrics of requests. Stands on HttpModule,
 * MongoModule, RedisModule and ObservabilityModule.
 */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Health, RequestLog],
  exports: [Health],
})
export class HealthModule {}
