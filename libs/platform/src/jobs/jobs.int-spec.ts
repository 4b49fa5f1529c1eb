import { jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { isDomainError, SYSTEM } from '@daraa/kernel';
import { freshDatabase } from '../../../../test/support/database.js';
import { PostOffice, SendLetter, SortLetters, startCounter, startSorter } from '../../../../test/support/letters.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { runInContext } from '../observability/execution-context.js';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { JobQueue } from './job-queue.js';
import { JobQueues } from './job-queues.js';
import { ParkedJobs } from './parked-jobs.js';

jest.setTimeout(30_000);

const database = freshDatabase();
const environment = { MONGODB_URI: database.uri, REDIS_PREFIX: database.name };

let worker: INestApplicationContext;
let office: PostOffice;
let jobs: JobQueue;
let parked: ParkedJobs;

beforeAll(async () => {
  worker = await startSorter(environment);
  office = worker.get(PostOffice);
  jobs = worker.get(JobQueue);
  parked = worker.get(ParkedJobs);
});

afterAll(() => worker.close());

beforeEach(() => {
  office.runs.length = 0;
  office.during = async () => undefined;
});

const runsOf = (letterId: string) => office.runs.filter((seen) => seen.letterId === letterId);

/** Holds the first attempt until it is released. */
function hold(): { release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  office.during = () => gate;
  return { release: () => release() };
}

describe('a job', () => {
  it('runs once however often its id is enqueued while it is in the queue', async () => {
    const held = hold();
    for (let time = 0; time < 5; time += 1) await jobs.enqueue(SendLetter, 'once', { letterId: 'once' });
    await waitUntil(() => runsOf('once').length === 1);
    await jobs.enqueue(SendLetter, 'once', { letterId: 'once' });
    held.release();
    // Whatever was enqueued before this one has had its turn when this one has.
    await jobs.enqueue(SendLetter, 'after', { letterId: 'after' });
    await waitUntil(() => runsOf('after').length === 1);
    await waitUntil(async () => (await worker.get(JobQueues).waiting(SendLetter.name)) === 0);
    expect(runsOf('once')).toHaveLength(1);
  });

  it('can be enqueued under its old id once it has run', async () => {
    await jobs.enqueue(SendLetter, 'again', { letterId: 'again' });
    await waitUntil(() => runsOf('again').length === 1);
    await waitUntil(async () => {
      await jobs.enqueue(SendLetter, 'again', { letterId: 'again' });
      return runsOf('again').length === 2;
    });
  });

  it('runs in the context of whoever enqueued it, in another process too', async () => {
    const api = await startCounter(environment);
    const actor = { type: 'account' as const, id: 'acc_01' };
    await runInContext({ correlationId: 'request-7', actor }, () => api.get(JobQueue).enqueue(SendLetter, 'mine', { letterId: 'mine' }));
    const seen = await waitUntil(() => runsOf('mine')[0]);
    expect(seen.context).toMatchObject({ correlationId: 'request-7', actor });
    expect(seen.run).toMatchObject({ id: 'letters.send-letter:mine', attempt: 1 });
    await api.close();
  });

  it('belongs to the system where nobody asked for it', async () => {
    await jobs.enqueue(SendLetter, 'nobody', { letterId: 'nobody' });
    expect((await waitUntil(() => runsOf('nobody')[0])).context.actor).toEqual(SYSTEM);
  });

  it('does not start before its delay has passed', async () => {
    const from = Date.now();
    await jobs.enqueue(SendLetter, 'later', { letterId: 'later' }, { delayMs: 250 });
    await waitUntil(() => runsOf('later').length === 1);
    expect(Date.now() - from).toBeGreaterThanOrEqual(250);
  });

  it('does not run in a process that only enqueues', async () => {
    const api = await startCounter(environment);
    const elsewhere = api.get(PostOffice);
    await api.get(JobQueue).enqueue(SendLetter, 'api', { letterId: 'api' });
    await waitUntil(() => runsOf('api').length === 1);
    expect(elsewhere.runs).toHaveLength(0);
    await api.close();
  });

  it('of a kind that no module has registered is refused with a sentence that says what to do', async () => {
    const unknown = { ...SendLetter, name: 'letters.lose-letter' };
    await expect(jobs.enqueue(unknown, '1', { letterId: '1' })).rejects.toThrow(/JobsModule.register/);
  });
});

describe('a job that fails', () => {
  it('is tried again, later each time, until it works', async () => {
    const at: number[] = [];
    office.during = async (_id, run) => {
      at.push(performance.now());
      if (run.attempt < 3) throw new Error('the post van broke down');
    };
    await jobs.enqueue(SendLetter, 'third-time', { letterId: 'third-time' });
    await waitUntil(() => at.length === 3);
    expect(runsOf('third-time').map(({ run }) => run.attempt)).toEqual([1, 2, 3]);
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(19);
    expect(third - second).toBeGreaterThanOrEqual(39);
    expect(await parked.find('letters.send-letter:third-time')).toBeUndefined();
  });

  it('is parked after its last attempt, without secrets, and is replayed on demand as whoever asked for it', async () => {
    office.during = async () => {
      throw new Error('no such road; password=hunter2');
    };
    const actor = { type: 'account' as const, id: 'acc_02' };
    await runInContext({ correlationId: 'request-8', actor }, () => jobs.enqueue(SendLetter, 'lost', { letterId: 'lost' }));
    const entry = await waitUntil(() => parked.find('letters.send-letter:lost'));
    expect(entry).toMatchObject({ name: SendLetter.name, payload: { letterId: 'lost' }, correlationId: 'request-8', actor, attempts: 3 });
    expect(entry.error).toContain('no such road');
    expect(entry.error).not.toContain('hunter2');
    expect(runsOf('lost')).toHaveLength(3);

    office.during = async () => undefined;
    // The entry is written a moment before Redis forgets the job.
    await waitUntil(async () => (await worker.get(JobQueues).queueOf(SendLetter.name).getJob('letters.send-letter:lost')) === null);
    await parked.replay('letters.send-letter:lost');
    const seen = await waitUntil(() => runsOf('lost')[3]);
    expect(seen).toMatchObject({ run: { attempt: 1 }, context: { correlationId: 'request-8', actor } });
    expect(await parked.find('letters.send-letter:lost')).toBeUndefined();
  });

  it('fails when it takes longer than it may, and is told to stop', async () => {
    let told: AbortSignal | undefined;
    office.during = (_id, run) => {
      told ??= run.signal;
      return run.attempt === 1 ? new Promise<void>(() => undefined) : Promise.resolve();
    };
    await jobs.enqueue(SendLetter, 'slow', { letterId: 'slow' });
    await waitUntil(() => runsOf('slow').length === 2);
    expect(told?.aborted).toBe(true);
  });

  it('is not replayed when it is not parked', async () => {
    const refusal = await parked.replay('letters.send-letter:unknown').catch((error: unknown) => error);
    expect(isDomainError(refusal, 'NOT_FOUND')).toBe(true);
  });
});

describe('a worker that stops', () => {
  it('finishes what it has begun and leaves the rest to others', async () => {
    const own = { ...environment, REDIS_PREFIX: `${database.name}-stop` };
    const api = await startCounter(own);
    const stopping = await startSorter(own);
    const leaving = stopping.get(PostOffice);
    let finish = (): void => undefined;
    leaving.during = () => new Promise<void>((resolve) => (finish = resolve));
    await leaving.write('begun');
    await api.get(JobQueue).enqueue(SendLetter, 'begun', { letterId: 'begun' });
    await waitUntil(() => leaving.runs.length > 0);
    const closed = stopping.close();
    finish();
    await closed;
    expect(await office.letters.findOne({ _id: 'begun' })).toMatchObject({ state: 'sent', copies: 1 });

    await api.get(JobQueue).enqueue(SendLetter, 'left', { letterId: 'left' });
    const next = await startSorter(own);
    await waitUntil(() => next.get(PostOffice).runs.some(({ letterId }) => letterId === 'left'));
    expect(leaving.runs).toHaveLength(1);
    await Promise.all([api.close(), next.close()]);
  });
});

describe('a job whose worker died', () => {
  /** Leaves a job as a worker leaves it that was killed: taken from the queue, and its lock run out. */
  async function leave(id: string, prefix: string, timesBefore: number): Promise<void> {
    const api = await startCounter({ ...environment, REDIS_PREFIX: prefix });
    await api.get(JobQueue).enqueue(SendLetter, id, { letterId: id });
    const queue = api.get(JobQueues).queueOf(SendLetter.name);
    const jobId = `letters.send-letter:${id}`;
    await queue.client.rpoplpush(queue.toKey('wait'), queue.toKey('active'));
    await queue.client.sadd(queue.toKey('stalled'), jobId);
    await queue.client.hset(queue.toKey(jobId), 'stalledCounter', String(timesBefore));
    await api.close();
  }

  it('is repeated by another', async () => {
    const own = `${database.name}-killed`;
    await leave('killed', own, 0);
    const other = await startSorter({ ...environment, REDIS_PREFIX: own });
    await waitUntil(() => other.get(PostOffice).runs.some(({ letterId }) => letterId === 'killed'));
    await other.close();
  });

  it('is parked when it has brought down one after the other', async () => {
    const own = `${database.name}-poison`;
    await leave('poison', own, 5);
    const other = await startSorter({ ...environment, REDIS_PREFIX: own });
    expect(await waitUntil(() => parked.find('letters.send-letter:poison'))).toMatchObject({ payload: { letterId: 'poison' } });
    await waitUntil(async () => (await other.get(JobQueues).queueOf(SendLetter.name).getFailedCount()) === 0);
    expect(other.get(PostOffice).runs).toHaveLength(0);
    await other.close();
  });
});

it('counts attempts by outcome and tells how many jobs wait', async () => {
  office.during = async () => {
    throw new Error('no');
  };
  await jobs.enqueue(SendLetter, 'counted', { letterId: 'counted' });
  await waitUntil(() => parked.find('letters.send-letter:counted'));
  await jobs.enqueue(SortLetters, 'counted', { day: 'friday' });
  const text = await waitUntil(async () => {
    const exposition = await worker.get(MetricsRegistry).exposition();
    return /jobs_total\{name="letters.send-letter",outcome="parked"\} \d/.test(exposition) && exposition;
  });
  expect(text).toMatch(/jobs_total\{name="letters.send-letter",outcome="completed"\} \d/);
  expect(text).toMatch(/jobs_total\{name="letters.send-letter",outcome="failed"\} \d/);
  expect(text).toMatch(/jobs_waiting\{name="letters.sort-letters"\} [1-9]/);
  expect(text).toMatch(/parked_jobs [1-9]/);
});
