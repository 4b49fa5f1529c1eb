import { access, constants, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The folder for what can be made again (patched binaries, downloaded packages): the user's cache,
 * or one beside the data where the user has none that can be written, such as `nobody`.
 */
export async function cacheFolder(dataDir: string): Promise<string> {
  const preferred = path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'daraa');
  try {
    await mkdir(preferred, { recursive: true });
    await access(preferred, constants.W_OK);
    return preferred;
  } catch {
    return path.join(path.dirname(dataDir), 'cache');
  }
}
