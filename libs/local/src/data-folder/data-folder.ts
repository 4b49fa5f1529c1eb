import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalPlatformError } from '../local-platform-error.js';
import { type FolderLock, lockFolder } from './folder-lock.js';

const MARKER = 'DARAA-DATA';
const MARKER_TEXT = 'This folder holds the data of a local Daraa platform; `npm start -- --fresh` removes everything in it.\n';

/** The folder of one local platform, locked for this process. */
export interface DataFolder {
  readonly path: string;
  /** Whether an earlier start died without cleaning up, so that its processes may still be ending. */
  readonly takenOver: boolean;
  release(): Promise<void>;
}

/**
 * Opens the folder that holds a local platform's data, creates it when absent and, when `fresh`, empties it.
 * @throws LocalPlatformError when the folder holds something else, cannot be written, or is in use by another start
 */
export async function openDataFolder(folder: string, { fresh = false } = {}): Promise<DataFolder> {
  const absolute = path.resolve(folder);
  await claim(absolute);
  const lock: FolderLock = await lockFolder(absolute);
  if (fresh) await empty(absolute);
  return { path: absolute, takenOver: lock.takenOver, release: () => lock.release() };
}

/** Only a folder that is empty or was claimed before is ever written to: `DARAA_DATA_DIR=~` must not cost anybody's home. */
async function claim(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    if (names.length === 0) await writeFile(path.join(folder, MARKER), MARKER_TEXT);
    else if (!names.includes(MARKER)) {
      throw new LocalPlatformError(`The folder ${folder} is not empty and holds no Daraa data: choose another folder.`);
    }
  } catch (cause) {
    if (cause instanceof LocalPlatformError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LocalPlatformError(`The data folder ${folder} cannot be used: ${reason}.`, { cause });
  }
}

async function empty(folder: string): Promise<void> {
  const kept = [MARKER, 'lock.json'];
  const names = (await readdir(folder)).filter((name) => !kept.includes(name));
  await Promise.all(names.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}
