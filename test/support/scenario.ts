import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.js';

/** Jest itself would end a scenario that hangs without a word. */
const LOGS_WITHIN_MS = 10_000;

/**
 * A test over a cluster that ends well only if the whole marketplace is in order after it: every event handled, none parked,
 * `daraa verify` clean. When it fails, it shows what the processes have logged.
 */
export function scenario(cluster: Cluster, name: string, body: () => Promise<void>, withinMs: number): void {
  it(
    name,
    async () => {
      const proof = async (): Promise<void> => {
        await body();
        await cluster.settled();
        expect(await cluster.faults()).toEqual([]);
      };
      const ended = new AbortController();
      const limit = pause(withinMs, undefined, { signal: ended.signal }).then(() => {
        throw new Error(`The scenario was not over within ${withinMs} ms.`);
      });
      try {
        await Promise.race([proof(), limit]);
      } catch (error) {
        process.stderr.write(`${name}\n${await cluster.logTails()}\n`);
        throw error;
      } finally {
        limit.catch(() => undefined);
        ended.abort();
      }
    },
    withinMs + LOGS_WITHIN_MS,
  );
}
