import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { type RedisServer, startRedisServer } from './redis-server.js';

let folder: string;
let servers: RedisServer[];
let clients: Redis[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'daraa-redis-'));
  servers = [];
  clients = [];
});

afterEach(async () => {
  clients.forEach((client) => client.disconnect());
  await Promise.all(servers.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(name = 'data', port?: number): Promise<RedisServer> {
  const server = await startRedisServer({ dataDir: path.join(folder, name), port });
  servers.push(server);
  return server;
}

function connectTo(server: RedisServer): Redis {
  const client = new Redis(server.url);
  clients.push(client);
  return client;
}

describe('the local Redis', () => {
  it('answers on the loopback address alone, keeps a journal and never evicts', async () => {
    const redis = connectTo(await start());
    const settings = await Promise.all(['bind', 'appendonly', 'maxmemory-policy'].map((name) => redis.config('GET', name)));
    expect(settings).toEqual([
      ['bind', '127.0.0.1'],
      ['appendonly', 'yes'],
      ['maxmemory-policy', 'noeviction'],
    ]);
  });

  it('keeps its data over a stop', async () => {
    const server = await start();
    await connectTo(server).set('job', 'due');
    await server.stop();
    expect(await connectTo(await start()).get('job')).toBe('due');
  });

  it('runs beside others, each with its own data', async () => {
    const [one, two] = await Promise.all([start('one'), start('two')]);
    await connectTo(one).set('job', 'of one');
    expect(await connectTo(two).get('job')).toBeNull();
  });

  it('refuses a folder that another one uses, because Redis itself would not', async () => {
    await start();
    await expect(start()).rejects.toThrow(/^The data folder .*data is in use by another Redis: stop that one or choose another folder\.$/);
  });

  it('waits for a folder that another one is about to leave', async () => {
    const leaving = await start();
    const next = startRedisServer({ dataDir: path.join(folder, 'data'), waitForFolderMs: 10_000 });
    await leaving.stop();
    servers.push(await next);
  });

  it('says that its port is taken', async () => {
    const other = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start('data', port).finally(() => other.close())).rejects.toThrow(`Port ${port} for Redis is taken by another program`);
  });

  it('says that its data cannot be read', async () => {
    await mkdir(path.join(folder, 'data/appendonlydir'), { recursive: true });
    await writeFile(path.join(folder, 'data/appendonlydir/appendonly.aof.manifest'), 'not what it was');
    await expect(start()).rejects.toThrow(/^Redis .* does not start with the data in .*data: [^\n]+\.$/);
  });
});
