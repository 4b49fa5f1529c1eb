import { Module } from '@nestjs/common';
import { JobsModule } from './jobs/jobs.module.js';
import { MailModule } from './mail/mail.module.js';
import { MessagingModule } from './messaging/messaging.module.js';
import { MongoModule } from './mongo/mongo.module.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { RedisModule } from './redis/redis.module.js';

/** What every process of the platform stands on; all of it global. Configuration comes beside it. */
@Module({ imports: [MongoModule, RedisModule, ObservabilityModule, MessagingModule, JobsModule, MailModule, RealtimeModule] })
export class PlatformModule {}
