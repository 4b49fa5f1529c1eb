import { ConfigurationError } from './environment.js';

/**
 * Starts a process, or ends it with exit code 1 and a reason: one clear sentence where the configuration is wrong, the whole
 * error otherwise.
 */
export async function startOrExplain(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const reason = error instanceof ConfigurationError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
}
