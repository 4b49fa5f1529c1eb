import { Body, Controller, Get, Global, Module, Post } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { OwnRedis } from '../../../../test/support/own-redis.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import type { Environment } from '../config/environment.js';
import { createHttpApplication, Public, ShutdownState } from '../http/index.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { MongoModule } from '../mongo/mongo.module.js';
import { RedisModule } from '../redis/redis.module.js';
import { HealthModule } from './health.module.js';
import { MessagingMetricsModule } from './messaging-metrics.js';
import { ObservabilityModule } from './observability.module.js';
import { LOG_DESTINATION } from './structured-logger.js';

const database = freshDatabase();
const redis = await OwnRedis.create();
const lines: string[] = [];

@Public()
@Controller('bells')
class BellsController {
  @Get(':id')
  ring(): string {
    return 'ding';
  }

  @Post()
  cast(@Body() body: { fail?: boolean }): string {
    if (body.fail === true) throw new Error('the mould broke; token=abc123');
    return 'cast';
  }
}

@Module({
  imports: [MongoModule, RedisModule, ObservabilityModule, MessagingModule, HealthModule, MessagingMetricsModule],
  controllers: [BellsController],
})
class BellsModule {}

@Global()
@Module({
  providers: [{ provide: LOG_DESTINATION, useValue: { write: (line: string) => lines.push(line) } }],
  exports: [LOG_DESTINATION],
})
class LogDestinationModule {}

async function start(environment: Partial<Environment> = {}): Promise<NestFastifyApplication> {
  const options = { MONGODB_URI: database.uri, REDIS_URL: redis.url, RATE_LIMIT: 'off' as const, ...environment };
  const app = await createHttpApplication({ module: BellsModule, imports: [LogDestinationModule] }, { environment: options, logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

let app: NestFastifyApplication;

beforeAll(async () => {
  await redis.start();
  app = await start();
});

afterAll(() => app.close());

const get = async (url: string, from = app) => from.inject({ method: 'GET', url });

describe('the probes', () => {
  it('say that the process runs', async () => {
    const reply = await get('/health');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toEqual({ status: 'ok', uptimeSeconds: expect.any(Number) });
  });

  it('say that MongoDB and Redis answer', async () => {
    const reply = await get('/ready');
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toEqual({ status: 'ok', services: { mongodb: 'up', redis: 'up' } });
  });

  it('say that Redis is down, not why, and that the process itself lives', async () => {
    await redis.stop();
    const reply = await waitUntil(async () => {
      const answer = await get('/ready');
      return answer.statusCode === 503 && answer;
    });
    expect(reply.json()).toEqual({ status: 'down', services: { mongodb: 'up', redis: 'down' } });
    expect((await get('/health')).statusCode).toBe(200);
    await redis.start();
    await waitUntil(async () => (await get('/ready')).statusCode === 200);
  });

  it('do not wait for a Redis that hangs', async () => {
    redis.signal('SIGSTOP');
    const from = performance.now();
    const reply = await waitUntil(async () => {
      const answer = await get('/ready');
      return answer.statusCode === 503 && answer;
    });
    redis.signal('SIGCONT');
    expect(reply.json()).toMatchObject({ services: { redis: 'down' } });
    expect(performance.now() - from).toBeLessThan(2000);
    await waitUntil(async () => (await get('/ready')).statusCode === 200);
  });

  it('say that MongoDB is down', async () => {
    const other = await start();
    await other.get<Connection>(getConnectionToken()).close();
    const reply = await get('/ready', other);
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ status: 'down', services: { mongodb: 'down', redis: 'up' } });
    await other.close();
  });

  it('send nothing to a process that stops', async () => {
    const other = await start();
    other.get(ShutdownState).begin();
    const reply = await get('/ready', other);
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ status: 'stopping' });
    await other.close();
  });
});

describe('the metrics', () => {
  it('count and time replies by method, route and status, never by address', async () => {
    await get('/api/v1/bells/1');
    await get('/api/v1/bells/2');
    await get('/api/v1/nowhere/12345');
    await app.inject({ method: 'POST', url: '/api/v1/bells', payload: { fail: true } });
    const reply = await get('/metrics');
    expect(reply.headers['content-type']).toContain('text/plain');
    expect(reply.body).toContain('http_requests_total{method="GET",route="/api/v1/bells/:id",status="200"} 2');
    expect(reply.body).toContain('http_requests_total{method="POST",route="/api/v1/bells",status="500"} 1');
    expect(reply.body).toContain('http_request_duration_seconds_count{method="GET",route="/api/v1/bells/:id",status="200"} 2');
    expect(reply.body).not.toContain('12345');
  });

  it('tell the age of the oldest event and what is parked', async () => {
    const reply = await get('/metrics');
    expect(reply.body).toContain('outbox_oldest_seconds 0');
    expect(reply.body).toContain('parked_events_total 0');
  });

  it('are not there when they are switched off', async () => {
    const other = await start({ METRICS: false });
    expect((await get('/metrics', other)).statusCode).toBe(404);
    await other.close();
  });
});

describe('the log of requests', () => {
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  it('names what changes something and what fails, with its request id and without its query, and not every read', async () => {
    // The log is JSON in production alone, which wants secrets of its own.
    const production = {
      NODE_ENV: 'production' as const,
      JWT_SECRET: 'a'.repeat(40),
      OTP_SECRET: 'b'.repeat(40),
      STRIPE_SECRET_KEY: 'sk_live_x',
      RATE_LIMIT: 'on' as const,
    };
    const other = await start(production);
    lines.length = 0;
    await get('/api/v1/bells/1', other);
    const headers = { 'x-request-id': 'request-9' };
    await other.inject({ method: 'POST', url: '/api/v1/bells?token=abc', payload: {}, headers });
    await other.inject({ method: 'POST', url: '/api/v1/bells', payload: { fail: true } });
    await get('/api/v1/nowhere', other);
    await get('/ready', other);
    const requests = await waitUntil(() => {
      const found = logged().filter((line) => line['context'] === 'Http');
      return found.length >= 3 && found;
    });
    expect(requests).toMatchObject([
      { level: 'info', msg: 'POST /api/v1/bells 201', route: '/api/v1/bells', correlationId: 'request-9', actor: 'guest' },
      { level: 'error', msg: 'POST /api/v1/bells 500' },
      { level: 'info', msg: 'GET /api/v1/nowhere 404' },
    ]);
    expect(lines.join('')).not.toContain('abc');
    await other.close();
  });
});
