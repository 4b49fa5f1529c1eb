import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { freshDatabase } from '../../../../test/support/database.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { ConfigurationModule } from '../config/config.module.js';
import { MongoModule } from '../mongo/mongo.module.js';
import { ObservabilityModule } from '../observability/observability.module.js';
import { JobProcessor } from './job-processor.js';
import { JobQueue } from './job-queue.js';
import { JobWorkersModule } from './job-workers.module.js';
import { JobsModule } from './jobs.module.js';
import { defineJob } from './job-definition.js';

const Greet = defineJob<{ name: string }>('tests.greet');

@Injectable()
class Greeter {
  readonly greeted: string[] = [];

  @JobProcessor(Greet)
  async greet({ name }: { name: string }): Promise<void> {
    this.greeted.push(name);
  }
}

@Module({ imports: [JobsModule.register(Greet)], providers: [Greeter] })
class GreetingModule {}

const database = freshDatabase();

it('a job runs', async () => {
  const app = await Test.createTestingModule({
    imports: [ConfigurationModule.forRoot({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name }), MongoModule, ObservabilityModule, JobsModule, JobWorkersModule, GreetingModule],
  }).compile();
  await app.init();
  await app.get(JobQueue, { strict: false }).enqueue(Greet, '1', { name: 'Nour' });
  const greeter = app.get(Greeter, { strict: false });
  await waitUntil(() => greeter.greeted.length === 1);
  await app.close();
});
