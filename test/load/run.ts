// `npm run load`: our API against the physical limit, in turns, on this machine. See docs/performance.md.
import 'reflect-metadata';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BSON } from 'mongodb';
import {
  freePort,
  type LocalServices,
  startLocalServices,
  startNodeProgram,
  startStripeEmulator,
  type StripeServer,
  withDatabase,
} from '@daraa/local';
import { waitUntil } from '../support/wait-until.js';
import { copyDatabase, LoadDatabases } from './databases.js';
import type { LimitSettings } from './limit-server.js';
import { roundTripsOf } from './plan.js';
import { processorTimeOf } from './processor-time.js';
import { type Measured, type Sample, type Side, tableOf } from './report.js';
import { type Scene, setScene } from './scene.js';
import { fillCart, getPages, order, type Slice, Visitors } from './visitors.js';

const CONNECTIONS = 16;
const SECONDS = Number(process.env['LOAD_SECONDS'] ?? 3);
const ROUNDS = Number(process.env['LOAD_ROUNDS'] ?? 3);
/** So many requests or orders warm a side up, or what is done in this time (milliseconds). */
const WARM_UP_WORK = 3_000;
const WARM_UP_AT_MOST_MS = 12_000;
const PRODUCTS = 1_000;
const BUYERS = 2_000;
const STARTS_WITHIN_MS = 60_000;
const STOP_GRACE_MS = 10_000;
const WEBHOOK_SECRET = 'whsec_load';

/** What went wrong at the limit server. */
interface Misses {
  readonly missed: number;
  readonly failures: readonly string[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** The processes that are measured. */
const pids: Record<Side, number> = { ours: 0, limit: 0 };
const stops: (() => Promise<unknown>)[] = [];
const dataDir = await mkdtemp(path.join(tmpdir(), 'daraa-load-'));
stops.push(() => rm(dataDir, { recursive: true, force: true }));

/** Our API and a worker, as they run in production but for the secrets and the rate limit. Resolves to the API's process. */
async function startOurs(environment: Record<string, string>): Promise<number> {
  let pid = 0;
  for (const app of ['worker', 'api']) {
    const script = path.resolve(`dist/apps/${app}/src/main.js`);
    const program = await startNodeProgram({ name: app, script }, { env: environment, stopGraceMs: STOP_GRACE_MS });
    stops.push(() => program.stop());
    pid = program.pid ?? 0;
  }
  const isReady = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${environment['PORT']}/ready`)).ok;
  await waitUntil(isReady, { within: STARTS_WITHIN_MS, describe: 'the API is ready' });
  return pid;
}

async function startLimit(settings: LimitSettings): Promise<number> {
  const child: ChildProcess = fork(path.resolve('test/load/limit-server.ts'), [], {
    execArgv: ['--import', './tools/typescript.mjs', '--enable-source-maps'],
    env: { ...process.env, LIMIT_SETTINGS: JSON.stringify(settings) },
  });
  stops.push(async () => child.kill());
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The limit server ended with exit code ${code}.`)));
  });
  return child.pid ?? 0;
}

type OneSlice = (side: Side, seconds: number) => Promise<Slice>;

/** Until the compiler has seen enough of it; the more code there is, the longer that takes. */
async function warmUp(slice: () => Promise<Slice>): Promise<void> {
  const until = Date.now() + WARM_UP_AT_MOST_MS;
  for (let done = 0; done < WARM_UP_WORK && Date.now() < until; ) done += (await slice()).done;
}

/** Both sides after one another, several times, after a warm-up. */
async function inTurns(name: string, unit: string, target: number, slice: OneSlice): Promise<Measured> {
  for (const side of ['ours', 'limit'] as const) await warmUp(() => slice(side, SECONDS));
  const slices: Record<Side, Sample>[] = [];
  const sampleOf = async (side: Side): Promise<Sample> => {
    const before = await processorTimeOf(pids[side]);
    const one = await slice(side, SECONDS);
    return { ...one, processorMs: (await processorTimeOf(pids[side])) - before };
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = await sampleOf('ours');
    const limit = await sampleOf('limit');
    slices.push({ ours, limit });
    say(`  ${name}: ${ours.perSecond.toFixed(0)} of ${limit.perSecond.toFixed(0)} ${unit} a second`);
  }
  return { name, unit, target, slices };
}

/** Fails unless both answer the same bytes to each of these. */
async function mustAnswerAlike(urls: Readonly<Record<Side, string>>, paths: readonly string[]): Promise<void> {
  for (const each of paths) {
    const [ours, limit] = await Promise.all([urls.ours, urls.limit].map(async (url) => (await fetch(`${url}${each}`)).text()));
    if (ours !== limit) throw new Error(`The limit server answers ${each} otherwise than the API.`);
  }
}

async function measure(scene: Scene, ports: Readonly<Record<Side, number>>, databases: LoadDatabases): Promise<Measured[]> {
  const urls = { ours: `http://127.0.0.1:${ports.ours}`, limit: `http://127.0.0.1:${ports.limit}` };
  const { plan, variantIds } = scene;
  const pages = plan.pages.map((page) => page.url);
  await mustAnswerAlike(urls, pages);
  const lists = pages.filter((page) => page.includes('?'));
  const details = pages.filter((page) => !page.includes('?'));
  let turn = 0;
  const variant = (): string => variantIds[(turn = (turn + 7) % variantIds.length)] ?? '';

  const gets = (paths: readonly string[]): OneSlice => (side, seconds) => getPages(urls[side], paths, CONNECTIONS, seconds);
  const visitors = (side: Side, script: string): Visitors =>
    new Visitors(side === 'ours' ? `${urls.ours}/api/v1` : `${urls.limit}/${script}/api/v1`, CONNECTIONS);
  const visits = (script: string, oneVisit: (crowd: Visitors) => () => Promise<number>): OneSlice => async (side, seconds) => {
    const crowd = visitors(side, script);
    const slice = await crowd.visit(seconds * 1000, oneVisit(crowd), () => databases.settled(side));
    crowd.close();
    return slice;
  };
  const fill = visits('adds', (crowd) => {
    const strangers = scene.strangers(SECONDS * 1500);
    let next = 0;
    return () => fillCart(crowd.as(strangers[(next += 1) % strangers.length] ?? ''), [variant(), variant(), variant()]);
  });
  let buyers = 0;
  const buy = visits('order', (crowd) => () => {
    const buyer = plan.buyers[(buyers = (buyers + 1) % plan.buyers.length)];
    if (!buyer) throw new Error('There are no buyers.');
    return order(crowd.as(buyer.token), buyer, variant());
  });
  return [
    await inTurns('product list, 24 with variants and prices', 'requests', 0.65, gets(lists)),
    await inTurns('product detail', 'requests', 0.6, gets(details)),
    await inTurns('add to cart', 'requests', 0.6, fill),
    await inTurns('full order flow', 'orders', 0.5, buy),
  ];
}

async function run(services: LocalServices): Promise<void> {
  const ports = { ours: await freePort(), limit: await freePort() };
  const uris = { ours: withDatabase(services.mongodbUri, 'load_ours'), limit: withDatabase(services.mongodbUri, 'load_limit') };
  // The provider is the same for both, but tells each of what it did.
  const providerFor = (base: string): Promise<StripeServer> =>
    startStripeEmulator({ webhookUrl: `${base}/api/v1/webhooks/stripe`, webhookSecret: WEBHOOK_SECRET });
  const providers = {
    ours: await providerFor(`http://127.0.0.1:${ports.ours}`),
    limit: await providerFor(`http://127.0.0.1:${ports.limit}/order`),
  };
  stops.push(() => Promise.all([providers.ours.stop(), providers.limit.stop()]));
  const environment = {
    MONGODB_URI: uris.ours,
    REDIS_URL: services.redisUrl,
    SMTP_URL: services.smtpUrl,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    RATE_LIMIT: 'off' as const,
    LOG_LEVEL: 'error' as const,
  };
  say(`Setting up ${PRODUCTS} products and ${BUYERS} buyers …`);
  const scene = await setScene({ environment, provider: providers.ours, port: ports.ours, products: PRODUCTS, buyers: BUYERS });
  await copyDatabase(uris.ours, uris.limit);
  const planFile = path.join(dataDir, 'plan.json');
  await writeFile(planFile, BSON.EJSON.stringify(scene.plan, { relaxed: false }));
  pids.limit = await startLimit({ mongodbUri: uris.limit, providerUrl: providers.limit.url, planFile, port: ports.limit });
  pids.ours = await startOurs({ ...environment, NODE_ENV: 'development', STRIPE_API_URL: providers.ours.url, PORT: String(ports.ours) });
  const databases = await LoadDatabases.connect(uris);
  stops.push(() => databases.close());

  const measured = await measure(scene, ports, databases);
  say(`\n${tableOf(measured)}\n`);
  const roundTrips = roundTripsOf(scene.plan.scripts.order);
  say(`A lone order with a late webhook makes ${roundTrips} round trips; parallel ones share writes, on both sides.`);
  for (const line of await databases.stock()) say(line);
  const { missed, failures } = (await (await fetch(`http://127.0.0.1:${ports.limit}/misses`)).json()) as Misses;
  if (missed > 0 || failures.length > 0) throw new Error(`The limit server missed ${missed} writes. ${failures[0] ?? ''}`);
}

/** Stops what was started, last things first. */
async function stopAll(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll().finally(() => process.exit(1)));

try {
  const services = await startLocalServices({ dataDir, environment: {}, report: say });
  stops.push(() => services.stop());
  await run(services);
} finally {
  await stopAll();
}
