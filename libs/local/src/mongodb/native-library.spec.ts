import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findNativeLibrary, type Machine, thisMachine } from './native-library.js';

const OLD_LINUX: Machine = { ...thisMachine(), glibc: '2.36' };
const NEW_LINUX: Machine = { ...thisMachine(), glibc: '2.41' };

async function fingerprint(file: string): Promise<string> {
  return createHash('sha256').update(await readFile(file)).digest('hex');
}

describe('finding the engine for a machine', () => {
  it.each<Machine>([
    { platform: 'win32', arch: 'x64' },
    { platform: 'darwin', arch: 'x64' },
    { platform: 'linux', arch: 'riscv64', glibc: '2.39' },
  ])('names MONGODB_URI and docker compose where there is no build: $platform $arch', async (machine) => {
    await expect(findNativeLibrary('/nowhere', machine)).rejects.toThrow(/no build for .*MONGODB_URI.*docker compose/);
  });

  it('knows that a C library can be too old even for a patched copy', async () => {
    const machine = { platform: 'linux', arch: 'x64', glibc: '2.31' };
    const sentence = 'no build for linux x64 with glibc 2.31, which is older than 2.36';
    await expect(findNativeLibrary('/nowhere', machine)).rejects.toThrow(sentence);
  });

  it('knows that a Linux without glibc has no build', async () => {
    await expect(findNativeLibrary('/nowhere', { platform: 'linux', arch: 'x64' })).rejects.toThrow('no build for linux x64 without glibc');
  });
});

describe('patching the engine for an older glibc', () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(path.join(tmpdir(), 'daraa-cache-'));
  });

  afterEach(() => rm(cache, { recursive: true, force: true }));

  it('uses the installed file where glibc is new enough', async () => {
    await expect(findNativeLibrary(cache, NEW_LINUX)).resolves.toContain('node_modules');
    expect(await readdir(cache)).toEqual([]);
  });

  it('patches a copy and never the installed file', async () => {
    const installed = await findNativeLibrary(cache, NEW_LINUX);
    const before = await fingerprint(installed);
    const copy = await findNativeLibrary(cache, OLD_LINUX);
    expect(path.dirname(path.dirname(copy))).toBe(cache);
    expect(await fingerprint(copy)).not.toBe(before);
    expect(await fingerprint(installed)).toBe(before);
  });

  it('lets several starts at once make the copy, and leaves nothing but that copy', async () => {
    const files = await Promise.all([1, 2, 3, 4].map(() => findNativeLibrary(cache, OLD_LINUX)));
    expect(new Set(files).size).toBe(1);
    expect(await readdir(cache)).toHaveLength(1);
  });
});
