import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { LocalPlatformError } from '../local-platform-error.js';
import { downloadRedis, installRedis } from './install-redis.js';
import type { RedisProgram } from './redis-program.js';

export interface FindRedisOptions {
  /** Where a downloaded server is unpacked and found again. */
  cacheFolder: string;
  /** Folders to look in, as in `PATH`. */
  searchPath?: string;
  /** Receives one line of progress for each step that takes a while. */
  report?: (line: string) => void;
}

const PROGRAMS = ['redis-server', 'valkey-server'];

/**
 * Finds a Redis server: on the PATH, else installs Debian's (as root) or downloads and unpacks it (as anyone else).
 * @throws LocalPlatformError when there is none and none can be had
 */
export async function findRedis(options: FindRedisOptions): Promise<RedisProgram> {
  const { cacheFolder, searchPath = process.env['PATH'] ?? '', report = () => undefined } = options;
  const installed = await findOnPath(searchPath);
  if (installed) return { command: installed };

  if (!(await isExecutable('/usr/bin/apt-get'))) {
    throw new LocalPlatformError('There is no redis-server on the PATH: install Redis or Valkey, or set REDIS_URL to a running one.');
  }
  if (process.getuid?.() !== 0) return downloadRedis({ cacheFolder, report });
  await installRedis(report);
  const command = await findOnPath(searchPath);
  if (!command) {
    throw new LocalPlatformError('The package redis-server was installed but put no redis-server on the PATH: set REDIS_URL instead.');
  }
  return { command };
}

async function findOnPath(searchPath: string): Promise<string | undefined> {
  for (const program of PROGRAMS) {
    for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
      const file = path.join(folder, program);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
