import { NestFactory } from '@nestjs/core';
import { freePort } from '../../../../test/support/ports.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { ConfigurationModule } from '../config/config.module.js';
import type { Environment } from '../config/environment.js';
import { JobWorkersModule } from '../jobs/job-workers.module.js';
import { PlatformModule } from '../platform.module.js';
import { MessagingMetricsModule } from './messaging-metrics.js';
import { WorkerHealthModule } from './worker-health.module.js';

const database = freshDatabase();

async function startWorker(environment: Partial<Environment>) {
  const own = { MONGODB_URI: database.uri, REDIS_PREFIX: database.name, ...environment };
  const imports = [ConfigurationModule.forRoot(own), PlatformModule, JobWorkersModule, WorkerHealthModule, MessagingMetricsModule];
  return NestFactory.createApplicationContext({ module: class {}, imports }, { logger: false, abortOnError: false });
}

describe('a worker', () => {
  it('tells machines that it lives, what it can reach and what it has counted, and nothing else', async () => {
    const WORKER_PORT = await freePort();
    const worker = await startWorker({ WORKER_PORT });
    const get = (path: string) => fetch(`http://127.0.0.1:${WORKER_PORT}${path}`);
    expect(await (await get('/health')).json()).toMatchObject({ status: 'ok' });
    const ready = await get('/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ok', services: { mongodb: 'up', redis: 'up' } });
    const text = await (await get('/metrics')).text();
    const names = ['jobs_total', 'sweeps_total', 'parked_jobs', 'outbox_oldest_seconds', 'domain_events_total'];
    for (const name of names) expect(text).toContain(name);
    expect((await get('/api/v1/orders')).status).toBe(404);
    await worker.close();
    await expect(get('/health')).rejects.toThrow();
  });

  it('listens nowhere unless it is told to', async () => {
    const worker = await startWorker({});
    await worker.close();
  });

  it('does not start on a port that is taken', async () => {
    const WORKER_PORT = await freePort();
    const worker = await startWorker({ WORKER_PORT });
    await expect(startWorker({ WORKER_PORT })).rejects.toThrow(/EADDRINUSE/);
    await worker.close();
  });
});
