import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalPlatformError } from '../local-platform-error.js';

/** The right of one process to use a folder. */
export interface FolderLock {
  /** Whether the lock was left by a process that died, whose children may still be ending. */
  readonly takenOver: boolean;
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  /** When the process started, in the system's own count; tells apart processes that had the same number. */
  startedAt: string | undefined;
}

/**
 * Locks a folder for this process; a lock whose process is dead is taken over.
 * @throws LocalPlatformError when a living process holds the lock
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = path.join(folder, 'lock.json');
  const draft = path.join(folder, `lock.${process.pid}.${randomUUID()}`);
  await writeFile(draft, JSON.stringify({ pid: process.pid, startedAt: await startOf(process.pid) }));
  try {
    let takenOver = false;
    // A link is made or refused at once, with its content in place: nobody ever reads half a lock.
    while (!(await tryLink(draft, file))) {
      const holder = await readHolder(file);
      if (holder && (await isAlive(holder))) {
        const who = `another start (process ${holder.pid})`;
        throw new LocalPlatformError(`The data folder ${folder} is in use by ${who}: stop it or choose another folder.`);
      }
      takenOver = true;
      await removeStale(file, holder);
    }
    return { takenOver, release: () => rm(file, { force: true }) };
  } finally {
    await rm(draft, { force: true });
  }
}

async function tryLink(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return (await startOf(holder.pid)) === holder.startedAt;
}

/** Moves the lock aside before it goes: of two starts at once, the slower must not remove the lock of the faster. */
async function removeStale(file: string, stale: Holder | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved && moved.pid !== stale?.pid) await tryLink(aside, file);
  await rm(aside, { force: true });
}

/** Field 22 of `/proc/<pid>/stat`; undefined for a zombie and where the system has no such file. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold spaces and brackets of its own.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : fields[18];
}
