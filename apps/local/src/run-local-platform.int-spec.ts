import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { isRunning, processesOf } from '../../../test/support/processes.js';
import { type StandInSettings, StandInPlatform } from '../../../test/support/stand-ins/start-stand-in.js';
import { waitUntil } from '../../../test/support/wait-until.js';

interface ProgramView {
  pid: number;
  environment: Record<string, string>;
}

let folder: string;
let platforms: StandInPlatform[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'daraa-start-'));
  platforms = [];
});

afterEach(async () => {
  await Promise.all(platforms.map((platform) => platform.end()));
  await rm(folder, { recursive: true, force: true });
});

async function start(settings: Partial<StandInSettings> = {}): Promise<StandInPlatform> {
  const platform = await StandInPlatform.start({ dataDir: path.join(folder, 'data'), ...settings });
  platforms.push(platform);
  return platform;
}

async function startUntilReady(settings: Partial<StandInSettings> = {}): Promise<StandInPlatform> {
  const platform = await start(settings);
  await platform.isReady();
  return platform;
}

/** Everything that was started below the folder of this test, except the platforms themselves. */
async function leftovers(): Promise<string[]> {
  const own = platforms.map(({ pid }) => `${pid} `);
  return (await processesOf(folder)).filter((line) => !own.some((prefix) => line.startsWith(prefix)));
}

async function redisOf(platform: StandInPlatform): Promise<Redis> {
  const { environment } = await platform.ask<ProgramView>('/process');
  return new Redis(environment['REDIS_URL'] ?? '', { retryStrategy: () => 20, maxRetriesPerRequest: null });
}

describe('npm start', () => {
  it('brings up everything, says where it is and ends with the one line that others wait for', async () => {
    const platform = await startUntilReady();
    const { environment } = await platform.ask<ProgramView>('/process');
    const helpers = `http://127.0.0.1:${platform.localPort}`;
    expect(environment).toMatchObject({
      NODE_ENV: 'development',
      MONGODB_URI: expect.stringMatching(/^mongodb:\/\/127\.0\.0\.1:\d+\/daraa\?/) as string,
      REDIS_URL: expect.stringMatching(/^redis:\/\/127\.0\.0\.1:\d+$/) as string,
      SMTP_URL: expect.stringMatching(/^smtp:\/\/127\.0\.0\.1:\d+$/) as string,
      SMS_URL: `${helpers}/sms`,
      STRIPE_API_URL: `${helpers}/stripe`,
      STRIPE_WEBHOOK_SECRET: expect.stringMatching(/^whsec_/) as string,
    });
    expect(platform.lines().at(-1)).toBe(`Daraa is ready on http://127.0.0.1:${platform.port}`);
    expect(platform.lines().join('\n')).toContain('Demo-pass-2026!');
    expect((await fetch(`${helpers}/inbox`)).status).toBe(200);
    const stripe = await fetch(`${helpers}/stripe/v1/payment_intents`, { headers: { authorization: 'Bearer sk_test_local_platform' } });
    expect(stripe.status).toBe(200);
  }, 30_000);

  it('leaves nothing running and exits with 0 at ctrl-C, after the API has closed in order', async () => {
    const platform = await startUntilReady();
    expect((await leftovers()).map((line) => /engine-process|redis-server|api|worker/.exec(line)?.[0])).toEqual(
      expect.arrayContaining(['engine-process', 'redis-server', 'api', 'worker']),
    );
    platform.pressCtrlC();
    platform.pressCtrlC();
    expect(await platform.exited).toBe(0);
    expect(await leftovers()).toEqual([]);
    expect(await readFile(path.join(folder, 'data/logs/api.log'), 'utf8')).toBe('closed in order\n');
  }, 30_000);

  it.each(['starting MongoDB, Redis, mail and Stripe …', 'loading the demo data …', 'starting the API and the worker …'])(
    'can be stopped while it says "%s"',
    async (line) => {
      const platform = await start();
      await platform.says(line);
      platform.kill('SIGTERM');
      expect(await platform.exited).toBe(0);
      expect(await leftovers()).toEqual([]);
    },
    30_000,
  );

  it('finds its data and its secrets again at the next start, and neither after --fresh', async () => {
    const visit = async (args: string[]): Promise<{ loaded: number; secret: string | undefined }> => {
      const platform = await startUntilReady({ args });
      const { loaded } = await platform.ask<{ loaded: number }>('/demo-data');
      const { environment } = await platform.ask<ProgramView>('/process');
      await platform.end();
      return { loaded, secret: environment['JWT_SECRET'] };
    };
    const first = await visit([]);
    const second = await visit([]);
    const fresh = await visit(['--fresh']);
    expect([first.loaded, second.loaded, fresh.loaded]).toEqual([1, 2, 1]);
    expect(second.secret).toBe(first.secret);
    expect(fresh.secret).not.toBe(first.secret);
  }, 60_000);

  it('leaves the demo data out when it is told to', async () => {
    const platform = await startUntilReady({ args: ['--no-demo-data'] });
    expect(await platform.ask('/demo-data')).toBeNull();
    expect(platform.lines().join('\n')).not.toContain('Demo-pass-2026!');
  }, 30_000);

  it('runs beside another one with its own ports and its own data', async () => {
    const [one, two] = await Promise.all([
      startUntilReady({ dataDir: path.join(folder, 'one') }),
      startUntilReady({ dataDir: path.join(folder, 'two') }),
    ]);
    await one.end();
    expect(await two.ask('/demo-data')).toMatchObject({ loaded: 1 });
  }, 40_000);
});

describe('npm start refuses in one sentence', () => {
  async function refusal(settings: Partial<StandInSettings>): Promise<string> {
    const platform = await start(settings);
    expect(await platform.exited).toBe(1);
    return platform.lines().filter((line) => !line.endsWith('…')).join('\n');
  }

  it.each(['port', 'localPort'] as const)('a %s that is taken', async (name) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const sentence = await refusal({ [name]: port }).finally(() => other.close());
    const purpose = name === 'port' ? 'the API (PORT)' : 'inbox and Stripe (LOCAL_PORT)';
    expect(sentence).toBe(`Port ${port} for ${purpose} is taken by another program: choose another port.`);
    expect(await leftovers()).toEqual([]);
  }, 20_000);

  it('a folder that another start uses, which goes on', async () => {
    const running = await startUntilReady();
    const sentence = await refusal({});
    expect(sentence).toBe(
      `The data folder ${path.join(folder, 'data')} is in use by another start (process ${running.pid}): stop it or choose another folder.`,
    );
    expect(await running.ask('/demo-data')).toMatchObject({ loaded: 1 });
  }, 30_000);

  it('a folder with somebody else’s files, even with --fresh', async () => {
    await writeFile(path.join(folder, 'thesis.txt'), 'three years of work');
    const sentence = await refusal({ dataDir: folder, args: ['--fresh'] });
    expect(sentence).toBe(`The folder ${folder} is not empty and holds no Daraa data: choose another folder.`);
    expect(await readFile(path.join(folder, 'thesis.txt'), 'utf8')).toBe('three years of work');
  }, 20_000);

  it('demo data that cannot be loaded, with the reason from its log', async () => {
    const sentence = await refusal({ environment: { STAND_IN_FAILS: 'demo data' } });
    expect(sentence).toMatch(/^The demo data could not be loaded \(exit code 1\), see .*demo-data\.log:\n/);
    expect(sentence).toContain('the categories are missing');
    expect(await leftovers()).toEqual([]);
  }, 30_000);

  it('an API that ends before it is ready, with the reason from its log', async () => {
    const sentence = await refusal({ environment: { STAND_IN_FAILS: 'API' } });
    expect(sentence).toMatch(/^The API ended before it was ready \(exit code 1\), see .*api\.log:\n/);
    expect(sentence).toContain('the configuration is wrong');
    expect(await leftovers()).toEqual([]);
  }, 30_000);
});

describe('npm start keeps the platform running', () => {
  it('starts the API again when it dies', async () => {
    const platform = await startUntilReady();
    const { pid } = await platform.ask<ProgramView>('/process');
    process.kill(pid, 'SIGKILL');
    await platform.says(/^The API ended unexpectedly \(signal SIGKILL\); starting it again in 250 ms, see .*api\.log$/);
    const again = await waitUntil(() => platform.ask<ProgramView>('/process'), { within: 10_000, describe: 'the API answers again' });
    expect(again.pid).not.toBe(pid);
  }, 30_000);

  it('starts Redis again at the same address with the same data', async () => {
    const platform = await startUntilReady();
    const redis = await redisOf(platform);
    redis.on('error', () => undefined);
    await redis.set('job', 'due');
    const [, pid] = /process_id:(\d+)/.exec(await redis.info('server')) ?? [];
    process.kill(Number(pid), 'SIGTERM');
    await platform.says(/^Redis ended unexpectedly/);
    expect(await redis.get('job')).toBe('due');
    expect(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]).not.toBe(pid);
    redis.disconnect();
  }, 30_000);

  it('stops everything and says why when Redis cannot be started again', async () => {
    const platform = await startUntilReady();
    const redis = (await processesOf(folder)).find((line) => line.includes('redis-server'));
    await writeFile(path.join(folder, 'data/redis/appendonlydir/appendonly.aof.manifest'), 'not what it was');
    process.kill(Number.parseInt(redis ?? '', 10), 'SIGKILL');
    expect(await platform.exited).toBe(1);
    expect(platform.lines().at(-1)).toMatch(/^Redis does not start \(.+\) and could not be started again\.$/);
    expect(await leftovers()).toEqual([]);
  }, 40_000);

  it('starts MongoDB again at the same address with the same data', async () => {
    const platform = await startUntilReady();
    const engine = (await processesOf(folder)).find((line) => line.includes('engine-process.mjs'));
    process.kill(Number.parseInt(engine ?? '', 10), 'SIGKILL');
    await platform.says(/^MongoDB ended unexpectedly \(signal SIGKILL\); starting it again/);
    const { environment } = await platform.ask<ProgramView>('/process');
    const connection = await mongoose.createConnection(environment['MONGODB_URI'] ?? '').asPromise();
    expect(await connection.collection('demo').countDocuments()).toBe(1);
    await connection.close();
  }, 30_000);

  it('leaves nothing running when it is killed itself, and the next start takes over', async () => {
    const killed = await startUntilReady();
    const { pid } = await killed.ask<ProgramView>('/process');
    killed.kill('SIGKILL');
    const next = await startUntilReady({ port: killed.port, localPort: killed.localPort });
    expect(await next.ask('/demo-data')).toMatchObject({ loaded: 2 });
    expect(await isRunning(pid)).toBe(false);
    await next.end();
    expect(await leftovers()).toEqual([]);
  }, 40_000);
});
