import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mongoose, { type Collection, type Connection } from 'mongoose';
import { isRunning } from '../../../../test/support/processes.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { type EmbeddedMongoDb, startEmbeddedMongoDb } from './embedded-mongodb.js';

const DURABLE = { writeConcern: { w: 'majority', j: true } } as const;

let folder: string;
let engines: EmbeddedMongoDb[];
let connections: Connection[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'daraa-engine-'));
  engines = [];
  connections = [];
});

afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all(engines.map((engine) => engine.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(name = 'data', port?: number): Promise<EmbeddedMongoDb> {
  const engine = await startEmbeddedMongoDb({ dataDir: path.join(folder, name), port });
  engines.push(engine);
  return engine;
}

async function connectTo(engine: EmbeddedMongoDb): Promise<Connection> {
  const connection = await mongoose.createConnection(engine.uri, { serverSelectionTimeoutMS: 3_000 }).asPromise();
  // The engine is killed under some of them, which a connection reports as an error.
  connection.on('error', () => undefined);
  connections.push(connection);
  return connection;
}

interface Order {
  _id: number;
}

async function expectKept(orders: Collection<Order>, acknowledged: number[]): Promise<void> {
  const kept = new Set((await orders.find().toArray()).map(({ _id }) => _id));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
}

describe('the embedded MongoDB', () => {
  it('loses nothing that it acknowledged when it is killed', async () => {
    const acknowledged: number[] = [];
    // One kill finds an unjournaled write in one of two rounds or more: five leave little to luck.
    for (const round of [1, 2, 3, 4, 5]) {
      const engine = await start();
      const orders = (await connectTo(engine)).collection<Order>('orders');
      await expectKept(orders, acknowledged);
      const write = async (first: number): Promise<void> => {
        for (let id = first; ; id += 8) {
          await orders.insertOne({ _id: id }, DURABLE);
          acknowledged.push(id);
        }
      };
      const writers = Array.from({ length: 8 }, (_, index) => write(round * 1_000_000 + index));
      const ended = Promise.allSettled(writers);
      await waitUntil(() => acknowledged.length > round * 150, { describe: 'enough orders are written' });
      process.kill(engine.pid, 'SIGKILL');
      await engine.exited;
      await connections.pop()?.close();
      await ended;
    }
    await expectKept((await connectTo(await start())).collection('orders'), acknowledged);
  }, 60_000);

  it('keeps its data over an orderly stop', async () => {
    const engine = await start();
    const first = await connectTo(engine);
    await first.collection('orders').insertOne({ number: 'D-1' });
    await first.close();
    await engine.stop();
    await expect(engine.exited).resolves.toEqual({ code: 0, signal: null });
    const again = await connectTo(await start());
    expect(await again.collection('orders').countDocuments()).toBe(1);
  });

  it('answers the commands about sessions, which the engine itself would not survive', async () => {
    const engine = await start();
    const admin = (await connectTo(engine)).getClient().db('admin');
    for (const command of [{ startSession: 1 }, { endSessions: [] }, { killSessions: [] }, { killAllSessions: [] }]) {
      await expect(admin.command(command)).resolves.toMatchObject({ ok: 1 });
    }
    await expect(admin.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
    expect(await isRunning(engine.pid)).toBe(true);
  });

  it('runs beside others, each with its own data', async () => {
    const [one, two] = await Promise.all([start('one'), start('two')]);
    await (await connectTo(one)).collection('orders').insertOne({ of: 'one' });
    expect(await (await connectTo(two)).collection('orders').countDocuments()).toBe(0);
    expect(one.port).not.toBe(two.port);
  });

  it('refuses a folder that another one has open', async () => {
    await start();
    await expect(start()).rejects.toThrow(/^The data folder .* is in use by another MongoDB: stop that one or choose another folder\.$/);
  });

  it('waits for a folder that another one is about to leave', async () => {
    const leaving = await start();
    const next = startEmbeddedMongoDb({ dataDir: path.join(folder, 'data'), waitForFolderMs: 10_000 });
    await leaving.stop();
    engines.push(await next);
  });

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const starting = start('data', port).finally(() => other.close());
    await expect(starting).rejects.toThrow(`MongoDB cannot listen on port ${port}: the port is taken by another program.`);
  });

  it('says that a folder is damaged', async () => {
    await (await start()).stop();
    const data = path.join(folder, 'data');
    const files = (await readdir(data)).filter((name) => name.endsWith('.wt'));
    await Promise.all(files.map((name) => writeFile(path.join(data, name), 'not what it was')));
    await expect(start()).rejects.toThrow(/^MongoDB cannot open the data folder .*, which is damaged or was written by another version/);
  });

  it('says that a folder cannot be made', async () => {
    await writeFile(path.join(folder, 'data'), 'a file');
    await expect(start()).rejects.toThrow(/^MongoDB cannot use the data folder .*data: /);
  });

  it('ends with the process that started it, and so does Redis', async () => {
    await mkdir(path.join(folder, 'owner'));
    const owner = fork('test/support/stand-ins/engine-owner.ts', [path.join(folder, 'owner')], {
      execArgv: ['--import', './tools/typescript.mjs'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const [pids] = (await once(owner, 'message')) as [{ mongodb: number; redis: number }];
    expect(await Promise.all([isRunning(pids.mongodb), isRunning(pids.redis)])).toEqual([true, true]);
    owner.kill('SIGKILL');
    await waitUntil(async () => !(await isRunning(pids.mongodb)) && !(await isRunning(pids.redis)), { describe: 'both have ended' });
  }, 15_000);
});
