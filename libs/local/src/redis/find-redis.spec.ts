import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRedis } from './find-redis.js';

describe('finding a Redis server', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'daraa-find-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function program(name: string, mode = 0o755): Promise<string> {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '', { mode });
    return file;
  }

  function find(...folders: string[]): Promise<{ command: string }> {
    const searchPath = folders.map((name) => path.join(folder, name)).join(':');
    return findRedis({ cacheFolder: path.join(folder, 'cache'), searchPath });
  }

  it('takes the first on the PATH', async () => {
    const first = await program('a/redis-server');
    await program('b/redis-server');
    await expect(find('none', 'a', 'b')).resolves.toEqual({ command: first });
  });

  it('takes Valkey where there is no Redis', async () => {
    const valkey = await program('a/valkey-server');
    await expect(find('a')).resolves.toEqual({ command: valkey });
  });

  it('passes over a file that cannot be run', async () => {
    await program('a/redis-server', 0o644);
    const second = await program('b/redis-server');
    await expect(find('a', 'b')).resolves.toEqual({ command: second });
  });
});
