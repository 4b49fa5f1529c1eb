import type { Cluster } from './cluster.js';

/**
 * A test over a cluster that ends well only if the whole marketplace is in order after it: every event handled, none parked,
 * `daraa verify` clean. When it fails, it shows what the processes have logged.
 */
export function scenario(cluster: Cluster, name: string, body: () => Promise<void>, withinMs: number): void {
  it(
    name,
    async () => {
      try {
        await body();
        await cluster.settled();
        expect(await cluster.faults()).toEqual([]);
      } catch (error) {
        process.stderr.write(`${name}\n${await cluster.logTails()}\n`);
        throw error;
      }
    },
    withinMs,
  );
}
