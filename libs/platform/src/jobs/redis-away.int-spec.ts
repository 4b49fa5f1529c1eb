import { jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { freshDatabase } from '../../../../test/support/database.js';
import { PostOffice, SendLetter, startCounter, startSorter } from '../../../../test/support/letters.js';
import { OwnRedis } from '../../../../test/support/own-redis.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { BullConnections } from './bull-connections.js';
import { JobQueue, JobQueueUnavailable } from './job-queue.js';

jest.setTimeout(60_000);

const database = freshDatabase();
const redis = await OwnRedis.create();
const environment = { MONGODB_URI: database.uri, REDIS_URL: redis.url };

let api: INestApplicationContext;
let worker: INestApplicationContext;
let office: PostOffice;
let jobs: JobQueue;

beforeAll(async () => {
  await redis.start();
  api = await startCounter(environment);
  worker = await startSorter(environment);
  office = worker.get(PostOffice);
  jobs = api.get(JobQueue);
});

afterAll(async () => {
  redis.signal('SIGCONT');
  await Promise.all([api.close(), worker.close()]);
});

const stateOf = async (id: string) => (await office.letters.findOne({ _id: id }))?.state;
const copiesOf = async (id: string) => (await office.letters.findOne({ _id: id }))?.copies;
const isSent = (...ids: readonly string[]) => async () => (await Promise.all(ids.map(stateOf))).every((state) => state === 'sent');

async function timed<Result>(work: Promise<Result>): Promise<{ result: Result | unknown; ms: number }> {
  const from = performance.now();
  const result = await work.catch((error: unknown) => error);
  return { result, ms: performance.now() - from };
}

it('when Redis is emptied, what is due is enqueued again and goes out once', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `emptied-${index}`);
  let attempts = 0;
  office.during = async () => {
    attempts += 1;
    if (attempts === 10) await api.get(BullConnections).commands.flushall();
  };
  await office.write(...ids);
  for (const letterId of ids) await jobs.enqueue(SendLetter, letterId, { letterId });
  await waitUntil(isSent(...ids), { within: 20_000 });
  expect(await Promise.all(ids.map(copiesOf))).toEqual(ids.map(() => 1));
  office.during = async () => undefined;
});

describe('while Redis is gone', () => {
  it('enqueueing gives up within a second and says so', async () => {
    await redis.stop();
    const { result, ms } = await timed(jobs.enqueue(SendLetter, 'gone', { letterId: 'gone' }));
    expect(result).toBeInstanceOf(JobQueueUnavailable);
    expect(result).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(ms).toBeLessThan(1300);
  });

  it('enqueueing what a sweep enqueues later answers false instead', async () => {
    await office.write('left-to-sweep');
    const { result, ms } = await timed(jobs.tryEnqueue(SendLetter, 'left-to-sweep', { letterId: 'left-to-sweep' }));
    expect(result).toBe(false);
    expect(ms).toBeLessThan(1300);
  });

  it('the metrics that need no Redis are still told', async () => {
    const text = await worker.get(MetricsRegistry).exposition();
    expect(text).toContain('jobs_total');
    expect(text).not.toMatch(/jobs_waiting\{/);
  });

  it('a process starts all the same, and works once Redis is back', async () => {
    const late = await startSorter({ ...environment, REDIS_PREFIX: 'late' });
    const lateApi = await startCounter({ ...environment, REDIS_PREFIX: 'late' });
    await redis.start();
    await waitUntil(() => lateApi.get(JobQueue).tryEnqueue(SendLetter, 'late', { letterId: 'late' }), { within: 10_000 });
    await waitUntil(() => late.get(PostOffice).runs.some(({ letterId }) => letterId === 'late'), { within: 10_000 });
    await Promise.all([late.close(), lateApi.close()]);
  });
});

it('once Redis is back, the sweep enqueues what was left and it goes out once', async () => {
  await redis.start();
  await waitUntil(isSent('left-to-sweep'), { within: 20_000 });
  expect(await copiesOf('left-to-sweep')).toBe(1);
});

it('a Redis that hangs does not hold up whoever enqueues', async () => {
  redis.signal('SIGSTOP');
  const { result, ms } = await timed(jobs.enqueue(SendLetter, 'hung', { letterId: 'hung' }));
  redis.signal('SIGCONT');
  expect(result).toBeInstanceOf(JobQueueUnavailable);
  expect(ms).toBeGreaterThan(900);
  expect(ms).toBeLessThan(1300);
  await waitUntil(() => jobs.tryEnqueue(SendLetter, 'unhung', { letterId: 'unhung' }), { within: 10_000 });
});

it('processes stop quickly and cleanly while Redis is gone, whether they have ever seen it or not', async () => {
  const own = { ...environment, REDIS_PREFIX: 'stopping' };
  const seen = await Promise.all([startSorter(own), startCounter(own)]);
  await redis.stop();
  const unseen = await Promise.all([startSorter(own), startCounter(own)]);
  // A rejection that nobody handles would end the process in the middle of its stop; here it fails the test.
  const { ms } = await timed(Promise.all([...seen, ...unseen].map((app) => app.close())));
  expect(ms).toBeLessThan(5000);
  await redis.start();
});
