import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDataFolder } from './data-folder.js';
import { loadSecrets } from './secrets.js';

describe('the data folder', () => {
  let parent: string;
  let folder: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'daraa-folder-'));
    folder = path.join(parent, 'data');
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('is made when absent and opened again later', async () => {
    await (await openDataFolder(folder)).release();
    const again = await openDataFolder(folder);
    expect(again).toMatchObject({ path: folder, takenOver: false });
  });

  it('is never one that holds something else', async () => {
    await writeFile(path.join(parent, 'thesis.txt'), 'three years of work');
    await expect(openDataFolder(parent, { fresh: true })).rejects.toThrow(`The folder ${parent} is not empty and holds no Daraa data`);
    expect(await readdir(parent)).toEqual(['thesis.txt']);
  });

  it('says why it cannot be used', async () => {
    await writeFile(folder, 'a file');
    await expect(openDataFolder(folder)).rejects.toThrow(`The data folder ${folder} cannot be used: `);
  });

  it('is emptied on request, and keeps its lock', async () => {
    const first = await openDataFolder(folder);
    await mkdir(path.join(folder, 'mongodb/journal'), { recursive: true });
    await first.release();
    await openDataFolder(folder, { fresh: true });
    expect((await readdir(folder)).sort()).toEqual(['DARAA-DATA', 'lock.json']);
    await expect(openDataFolder(folder)).rejects.toThrow('is in use by another start');
  });

  it('belongs to one start at a time', async () => {
    const first = await openDataFolder(folder);
    await expect(openDataFolder(folder)).rejects.toThrow(`is in use by another start (process ${process.pid})`);
    await first.release();
    await (await openDataFolder(folder)).release();
  });

  it('belongs to exactly one of many starts at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => openDataFolder(folder)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readdir(folder)).sort()).toEqual(['DARAA-DATA', 'lock.json']);
  });

  it('is taken over from a start that died', async () => {
    const child = fork('-e', ['0'], { execArgv: [] });
    await once(child, 'exit');
    await (await openDataFolder(folder)).release();
    await writeFile(path.join(folder, 'lock.json'), JSON.stringify({ pid: child.pid, startedAt: '1' }));
    expect((await openDataFolder(folder)).takenOver).toBe(true);
  });

  it('is taken over when its process number belongs to another process by now', async () => {
    await (await openDataFolder(folder)).release();
    await writeFile(path.join(folder, 'lock.json'), JSON.stringify({ pid: process.pid, startedAt: '1' }));
    expect((await openDataFolder(folder)).takenOver).toBe(true);
  });
});

describe('the secrets of a local platform', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'daraa-secrets-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are made once, long enough, and read by the owner alone', async () => {
    const file = path.join(folder, 'secrets.json');
    const first = await loadSecrets(file);
    expect(await loadSecrets(file)).toEqual(first);
    expect(first.JWT_SECRET.length).toBeGreaterThanOrEqual(32);
    expect(first.OTP_SECRET).not.toBe(first.JWT_SECRET);
    expect(first.STRIPE_WEBHOOK_SECRET).toMatch(/^whsec_/);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('keep those that exist when a new one is needed', async () => {
    const file = path.join(folder, 'secrets.json');
    await writeFile(file, JSON.stringify({ JWT_SECRET: 'of an earlier version' }));
    expect(await loadSecrets(file)).toMatchObject({ JWT_SECRET: 'of an earlier version', OTP_SECRET: expect.any(String) as string });
  });
});
