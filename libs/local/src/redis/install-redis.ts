import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LocalPlatformError } from '../local-platform-error.js';
import type { RedisProgram } from './redis-program.js';

const execute = promisify(execFile);
const PACKAGE = 'redis-server';
/** Another apt may be at work, such as unattended upgrades: wait for it, in seconds. */
const LOCK_WAIT = ['-o', 'DPkg::Lock::Timeout=120'];
const INSTEAD = 'install Redis or Valkey yourself, or set REDIS_URL to a running one';

type Report = (line: string) => void;

/**
 * Installs Debian's `redis-server` package and leaves none of its services running.
 * @throws LocalPlatformError when apt cannot install it
 */
export async function installRedis(report: Report): Promise<void> {
  const install = ['install', '-y', '--no-install-recommends', ...LOCK_WAIT, PACKAGE];
  report(`installing ${PACKAGE} (apt-get install ${PACKAGE}) …`);
  try {
    await apt(install).catch(async () => {
      report('updating the list of packages (apt-get update) …');
      await apt(['update', ...LOCK_WAIT]);
      await apt(install);
    });
  } catch (cause) {
    throw new LocalPlatformError(`Redis is missing and apt-get cannot install it (${lastLine(cause)}): ${INSTEAD}.`, { cause });
  }
  await stopDebianService();
}

/** The package starts a server on port 6379 where the system runs services; this platform starts its own. */
async function stopDebianService(): Promise<void> {
  const systemd = await exists('/run/systemd/system');
  if (systemd) await execute('systemctl', ['disable', '--now', PACKAGE]);
  else await execute('service', [PACKAGE, 'stop']);
}

/**
 * Downloads `redis-server` and the packages that it needs and the system lacks, and unpacks them into the cache folder.
 * Needs no rights; the second call finds what the first one left.
 * @throws LocalPlatformError when apt cannot download it
 */
export async function downloadRedis({ cacheFolder, report }: { cacheFolder: string; report: Report }): Promise<RedisProgram> {
  const target = path.join(cacheFolder, PACKAGE);
  if (!(await exists(target))) await unpackInto(target, report);
  const libraries = path.join(target, 'usr/lib');
  const folders = (await readdir(libraries, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return {
    command: path.join(target, 'usr/bin', PACKAGE),
    env: { LD_LIBRARY_PATH: folders.map((folder) => path.join(libraries, folder.name)).join(':') },
  };
}

/** Unpacks beside the target and renames, so that a start that was interrupted leaves nothing half done. */
async function unpackInto(target: string, report: Report): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.`);
  try {
    report(`downloading ${PACKAGE} (apt-get download, into ${target}) …`);
    const archives = await download(draft, report);
    const unpacked = path.join(draft, 'unpacked');
    for (const archive of archives) await execute('dpkg', ['-x', archive, unpacked]);
    await rename(unpacked, target);
  } catch (cause) {
    if (await exists(target)) return;
    throw new LocalPlatformError(`Redis is missing and apt-get cannot download it (${lastLine(cause)}): ${INSTEAD}.`, { cause });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function download(draft: string, report: Report): Promise<string[]> {
  const fetchAll = async (options: string[]): Promise<void> => {
    await apt(['download', ...options, ...(await missingPackages(options))], draft);
  };
  await fetchAll([]).catch(async () => {
    report('updating a private list of packages (apt-get update) …');
    const options = await privateAptState(draft);
    await apt(['update', ...options]);
    await fetchAll(options);
  });
  return (await readdir(draft)).filter((name) => name.endsWith('.deb')).map((name) => path.join(draft, name));
}

/** What an installation would add to this system, as `name=version`; a simulation needs no rights. */
async function missingPackages(options: string[]): Promise<string[]> {
  const { stdout } = await apt(['install', '--simulate', '--no-install-recommends', ...options, PACKAGE]);
  return [...stdout.matchAll(/^Inst (\S+) \((\S+)/gm)].map(([, name, version]) => `${name}=${version}`);
}

/** Package lists of our own, because only root may refresh the system's. */
async function privateAptState(draft: string): Promise<string[]> {
  const state = path.join(draft, 'apt');
  await mkdir(path.join(state, 'lists/partial'), { recursive: true });
  await mkdir(path.join(state, 'archives/partial'), { recursive: true });
  const lists = [`Dir::State=${state}`, `Dir::State::Lists=${state}/lists`];
  const archives = [`Dir::Cache=${state}`, `Dir::Cache::Archives=${state}/archives`];
  return [...lists, ...archives, 'Debug::NoLocking=1'].flatMap((setting) => ['-o', setting]);
}

async function apt(args: string[], cwd = '/'): Promise<{ stdout: string }> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  return execute('apt-get', ['-q', ...args], { cwd, env, maxBuffer: 32 * 1024 * 1024 });
}

function lastLine(cause: unknown): string {
  const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
  return (stderr || String(cause)).trim().split('\n').at(-1) ?? '';
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
