import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Health } from './health.js';
import { HealthController } from './health.controller.js';

/** `/health`, `/ready` and `/metrics` for a process that serves HTTP; needs HttpModule, MongoModule, RedisModule, ObservabilityModule. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Health],
  exports: [Health],
})
export class HealthModule {}
