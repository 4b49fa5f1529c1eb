import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Points the commands at the local platform that is running on this machine, whose ports are others at each start; unless the
 * environment names a database, or is production.
 */
export function useRunningPlatform(): void {
  const { MONGODB_URI, NODE_ENV, DARAA_DATA_DIR } = process.env;
  if (MONGODB_URI || NODE_ENV === 'production') return;
  const file = path.join(DARAA_DATA_DIR || '.daraa', 'running.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
