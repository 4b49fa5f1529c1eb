import { jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { PostOffice, startCounter, startSorter } from '../../../../test/support/letters.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { Leases } from './leases.js';
import type { Lease } from './leases.js';
import { ParkedJobs } from './parked-jobs.js';
import { Sweeper } from './sweeper.js';

jest.setTimeout(30_000);

const database = freshDatabase();
const environment = { MONGODB_URI: database.uri, REDIS_PREFIX: database.name };
const SWEEP = 'letters.send-due';

const running: INestApplicationContext[] = [];

async function startWorker(): Promise<{ app: INestApplicationContext; office: PostOffice; sweeper: Sweeper }> {
  const app = await startSorter(environment);
  running.push(app);
  return { app, office: app.get(PostOffice), sweeper: app.get(Sweeper) };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

const leasesOf = (app: INestApplicationContext) => app.get<Connection>(getConnectionToken()).collection<Lease>('leases');

describe('a sweep', () => {
  it('runs every interval in one of several workers', async () => {
    const workers = await Promise.all([startWorker(), startWorker(), startWorker()]);
    let now = 0;
    let most = 0;
    for (const { office } of workers) {
      office.duringSweep = async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
      };
    }
    const from = performance.now();
    const turns = () => workers.reduce((sum, { office }) => sum + office.sweeps.length, 0);
    await waitUntil(() => turns() >= 6);
    expect(most).toBe(1);
    // Six turns have five intervals of 300 ms between them, of which the lease allows a tenth less.
    expect(performance.now() - from).toBeGreaterThanOrEqual(5 * 270 - 50);
  });

  it('does not begin anew while it runs', async () => {
    const { office } = await startWorker();
    let finish = (): void => undefined;
    let entered = 0;
    office.duringSweep = async () => {
      entered += 1;
      await new Promise<void>((resolve) => (finish = resolve));
    };
    await waitUntil(() => entered === 1);
    const from = performance.now();
    await waitUntil(() => performance.now() - from > 700);
    expect(entered).toBe(1);
    finish();
    await waitUntil(() => entered === 2);
    finish();
    office.duringSweep = async () => undefined;
  });

  it('that fails is run again at its next turn', async () => {
    const { office } = await startWorker();
    office.duringSweep = async () => {
      throw new Error('the broom broke');
    };
    await waitUntil(() => office.sweeps.length >= 3);
  });

  it('runs at once when it is asked to, and tells whoever asked what went wrong', async () => {
    const { office, sweeper } = await startWorker();
    await office.write('asked');
    await expect(sweeper.run(SWEEP)).resolves.toBe(true);
    await waitUntil(() => office.runs.some(({ letterId }) => letterId === 'asked'));
    office.duringSweep = async () => {
      throw new Error('the broom broke');
    };
    await expect(sweeper.run(SWEEP)).rejects.toThrow('the broom broke');
    await expect(sweeper.run('letters.unknown')).rejects.toThrow(/no sweep/);
  });

  it('does not enqueue what is parked', async () => {
    const { app, office, sweeper } = await startWorker();
    office.during = async () => {
      throw new Error('never');
    };
    await office.write('parked');
    const entry = await waitUntil(() => app.get(ParkedJobs).find('letters.send-letter:parked'));
    await sweeper.run(SWEEP);
    await sweeper.run(SWEEP);
    const again = await app.get(ParkedJobs).find('letters.send-letter:parked');
    expect(again?.attempts).toBe(entry.attempts);
    await office.letters.deleteMany({});
  });

  it('is told to stop and waited for when the process stops', async () => {
    const { app, office } = await startWorker();
    let [entered, ended] = [false, false];
    office.duringSweep = async (signal) => {
      entered = true;
      await new Promise((resolve) => signal.addEventListener('abort', () => setImmediate(resolve)));
      ended = true;
    };
    await waitUntil(() => entered);
    running.length = 0;
    await app.close();
    expect(ended).toBe(true);
  });
});

describe('a lease', () => {
  const terms = { leaseMs: 300 };
  const nothing = async (): Promise<void> => undefined;
  let app: INestApplicationContext;
  let leases: Leases;

  beforeEach(async () => {
    app = await startCounter(environment);
    running.push(app);
    leases = app.get(Leases);
  });

  it('is held by one at a time, even when all ask for it first', async () => {
    let holders = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        leases.whileHolding('tests.first', { leaseMs: 5000 }, async () => {
          holders += 1;
          await waitUntil(() => holders > 1, { within: 200 }).catch(nothing);
        }),
      ),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(holders).toBe(1);
  });

  it('is kept for as long as the work takes', async () => {
    let finish = (): void => undefined;
    const held = leases.whileHolding('tests.kept', terms, () => new Promise<void>((resolve) => (finish = resolve)));
    const from = performance.now();
    await waitUntil(() => performance.now() - from > 900);
    await expect(leases.whileHolding('tests.kept', terms, nothing)).resolves.toBe(false);
    finish();
    await expect(held).resolves.toBe(true);
    await expect(leases.whileHolding('tests.kept', terms, nothing)).resolves.toBe(true);
  });

  it('of a holder that died is taken over when it has run out', async () => {
    const until = new Date(Date.now() + 400);
    const dead = { _id: 'tests.dead', holder: 'a process that was killed', until, startedAt: new Date(), dueAt: new Date(0) };
    await leasesOf(app).insertOne(dead);
    await expect(leases.whileHolding('tests.dead', terms, nothing)).resolves.toBe(false);
    await waitUntil(() => leases.whileHolding('tests.dead', terms, nothing));
    expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
  });

  it('that was taken over tells its old holder to stop', async () => {
    const untilTold = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const told = leases.whileHolding('tests.taken', terms, untilTold);
    await waitUntil(() => leasesOf(app).findOneAndUpdate({ _id: 'tests.taken', holder: { $ne: '' } }, { $set: { holder: 'another' } }));
    await expect(told).resolves.toBe(true);
    expect((await leasesOf(app).findOne({ _id: 'tests.taken' }))?.holder).toBe('another');
  });

  it('is not given again before it is due, unless that is asked for', async () => {
    const daily = { leaseMs: 1000, everyMs: 86_400_000 };
    await expect(leases.whileHolding('tests.daily', daily, nothing)).resolves.toBe(true);
    await expect(leases.whileHolding('tests.daily', daily, nothing)).resolves.toBe(false);
    await expect(leases.whileHolding('tests.daily', { ...daily, evenEarly: true }, nothing)).resolves.toBe(true);
  });

  it('is free again when the work has failed', async () => {
    const broken = leases.whileHolding('tests.broken', terms, () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    await expect(leases.whileHolding('tests.broken', terms, nothing)).resolves.toBe(true);
  });
});
