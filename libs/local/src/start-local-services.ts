import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startLocalServer, type RequestHandler } from './http/local-server.js';
import { startInbox } from './inbox/inbox.js';
import { LocalPlatformError } from './local-platform-error.js';
import { startEmbeddedMongoDb } from './mongodb/embedded-mongodb.js';
import { type Supervised, supervise } from './processes/supervise.js';
import { startRedisServer } from './redis/redis-server.js';
import { createStripeEmulator } from './stripe/index.js';

/** How often in a row a database may fail to come back before everything stops. */
const RESTART_ATTEMPTS = 5;

export interface LocalServicesOptions {
  /** The folder that holds all data; created when absent. */
  dataDir: string;
  /** Loopback ports; any free one where none is named. `http` serves the inbox, the text messages and Stripe. */
  ports?: { mongodb?: number; redis?: number; smtp?: number; http?: number };
  /** Where Stripe's events go, `http://127.0.0.1:3000/webhooks/stripe`; nowhere when absent. */
  webhookUrl?: string;
  /** Signs Stripe's events (`whsec_…`); a new one when absent. */
  webhookSecret?: string;
  /** Where `MONGODB_URI` and `REDIS_URL` may name servers to use instead of starting any. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** How long servers of an earlier start that are ending may still use the folder, in milliseconds; 0 when absent. */
  waitForFolderMs?: number;
  /** Receives lines of progress and of trouble. */
  report?: (line: string) => void;
  /** Called when MongoDB or Redis has ended and could not be started again. */
  onFailure?: (error: Error) => void;
}

/** Addresses of the running services, and the way to stop those that were started. */
export interface LocalServices {
  /** Without a database name when it was started here; as given when `MONGODB_URI` was set. */
  readonly mongodbUri: string;
  readonly redisUrl: string;
  readonly smtpUrl: string;
  /** `GET <inboxUrl>?to=<mail address or phone>`. */
  readonly inboxUrl: string;
  /** `POST <smsUrl>` with `{ to, text }`. */
  readonly smsUrl: string;
  readonly stripe: { readonly apiUrl: string; readonly webhookSecret: string };
  stop(): Promise<void>;
}

/**
 * Starts everything that the marketplace needs around it: MongoDB, Redis, the inbox and the Stripe emulator.
 * @throws LocalPlatformError with one clear sentence when one of them cannot start; nothing is left running then
 */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((service) => service.stop()));
  };
  try {
    await mkdir(options.dataDir, { recursive: true });
    const [database, redis, helpers] = await Promise.allSettled([startDatabase(options), startRedis(options), startHelpers(options)]);
    for (const outcome of [database, redis, helpers]) if (outcome.status === 'fulfilled') started.push(outcome.value);
    return { ...valueOf(helpers).addresses, mongodbUri: valueOf(database).uri, redisUrl: valueOf(redis).url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function valueOf<T>(outcome: PromiseSettledResult<T>): T {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

async function startDatabase(options: LocalServicesOptions): Promise<{ uri: string; stop(): Promise<void> }> {
  const named = (options.environment ?? process.env)['MONGODB_URI'];
  if (named) return { uri: named, stop: async () => undefined };
  let port = options.ports?.mongodb;
  let uri = '';
  const supervised = await keepRunning('MongoDB', options, async () => {
    const { waitForFolderMs } = options;
    const server = await startEmbeddedMongoDb({ dataDir: path.join(options.dataDir, 'mongodb'), port, waitForFolderMs });
    // The others know its address, so it must come back on the same port.
    ({ port, uri } = server);
    return server;
  });
  return { uri, stop: () => supervised.stop() };
}

async function startRedis(options: LocalServicesOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const named = (options.environment ?? process.env)['REDIS_URL'];
  if (named) return { url: named, stop: async () => undefined };
  let port = options.ports?.redis;
  let url = '';
  const supervised = await keepRunning('Redis', options, async () => {
    const { report, waitForFolderMs } = options;
    const server = await startRedisServer({ dataDir: path.join(options.dataDir, 'redis'), port, report, waitForFolderMs });
    ({ port, url } = server);
    return server;
  });
  return { url, stop: () => supervised.stop() };
}

function keepRunning(name: string, options: LocalServicesOptions, start: Parameters<typeof supervise>[0]['start']): Promise<Supervised> {
  const report = options.report ?? (() => undefined);
  const onGivenUp = (error: Error): void => options.onFailure?.(new LocalPlatformError(`${error.message}.`, { cause: error }));
  return supervise({ name, start, report, onGivenUp, attempts: RESTART_ATTEMPTS });
}

type HelperAddresses = Pick<LocalServices, 'smtpUrl' | 'inboxUrl' | 'smsUrl' | 'stripe'>;

async function startHelpers(options: LocalServicesOptions): Promise<{ addresses: HelperAddresses; stop(): Promise<void> }> {
  const { dataDir, ports, webhookUrl, webhookSecret = newWebhookSecret(), report } = options;
  const inbox = await startInbox({ smtpPort: ports?.smtp, file: path.join(dataDir, 'inbox.jsonl') });
  const stripe = createStripeEmulator({
    webhookSecret,
    dataFile: path.join(dataDir, 'stripe.jsonl'),
    ...(webhookUrl !== undefined && { webhookUrl }),
    ...(report && { log: report }),
  });
  const closeBoth = async (): Promise<void> => {
    stripe.close();
    await inbox.close();
  };
  // The SDK's options know a host, but no base path: the emulator answers at the root as well.
  const stripeAtRoot: RequestHandler = (request, response) => {
    request.url = `/v1${request.url ?? ''}`;
    return stripe.handle(request, response);
  };
  const routes = { '/inbox': inbox.handleInbox, '/sms': inbox.handleSms, '/stripe': stripe.handle, '/v1': stripeAtRoot };
  const server = await startLocalServer({ port: ports?.http, routes }).catch(async (error: unknown) => {
    await closeBoth();
    throw error;
  });
  return {
    addresses: {
      smtpUrl: inbox.smtpUrl,
      inboxUrl: `${server.url}/inbox`,
      smsUrl: `${server.url}/sms`,
      stripe: { apiUrl: `${server.url}/stripe`, webhookSecret },
    },
    stop: async () => {
      await server.close();
      await closeBoth();
    },
  };
}

/** A secret as Stripe gives them out for a webhook endpoint. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('hex')}`;
}
