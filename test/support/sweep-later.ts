import { Test } from '@nestjs/testing';
import { CLOCK, Sweeper } from '@daraa/platform';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { waitUntil } from './wait-until.js';

const MINUTE_MS = 60_000;
/** A worker that was killed while it swept holds its lease for half a minute. */
const LEASE_ENDS_WITHIN_MS = 40_000;

/** Runs sweeps in a worker of its own whose clock is so many minutes ahead. */
export async function sweepLater(environment: Readonly<Record<string, string>>, minutes: number, names: readonly string[]): Promise<void> {
  Object.assign(process.env, environment);
  const clock = { now: () => new Date(Date.now() + minutes * MINUTE_MS) };
  const worker = await Test.createTestingModule({ imports: [WorkerModule] }).overrideProvider(CLOCK).useValue(clock).compile();
  worker.useLogger(false);
  await worker.init();
  try {
    const sweeper = worker.get(Sweeper, { strict: false });
    for (const name of names) await waitUntil(() => sweeper.run(name), { within: LEASE_ENDS_WITHIN_MS, describe: `${name} has run` });
  } finally {
    await worker.close();
  }
}
