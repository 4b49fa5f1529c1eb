import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { freePort, startStripeEmulator, type StripeServer } from '@daraa/local';
import { createHttpApplication, Dispatcher, type Environment, OutboxRelay, Sweeper } from '@daraa/platform';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { ApiClient } from './api-client.js';
import { freshDatabase } from './database.js';
import type { FreshDatabase } from './database.js';

const WEBHOOK_SECRET = 'whsec_marketplace_under_test';

/** A whole marketplace over HTTP in this process, on a database of its own, with a Stripe of its own. */
export interface Marketplace {
  readonly api: NestFastifyApplication;
  /** Relay, jobs and sweeps; its sweeps run by themselves and by `sweep`. */
  readonly worker: INestApplicationContext;
  readonly stripe: StripeServer;
  readonly url: string;
  /** Somebody who is not logged in. */
  readonly guest: ApiClient;
  readonly mongo: Connection;
  /** Runs one sweep now, by its name. */
  sweep(name: string): Promise<void>;
  /** Resolves when every event that was written is handled. */
  settled(): Promise<void>;
  /** Whether no event waits anywhere; asked over the worker's connection, so that the API's commands can be counted. */
  outboxesAreEmpty(): Promise<boolean>;
}

const STARTS_WITHIN_MS = 60_000;

/** A marketplace for the tests of one file: started before them, stopped after them. Its fields are there once tests run. */
export function useMarketplace(overrides: Partial<Environment> = {}): Marketplace {
  const database = freshDatabase();
  const marketplace = {} as Marketplace;
  beforeAll(async () => Object.assign(marketplace, await startMarketplace(database, overrides)), STARTS_WITHIN_MS);
  afterAll(async () => {
    await marketplace.worker?.close();
    await marketplace.api?.close();
    await marketplace.stripe?.stop();
  });
  return marketplace;
}

async function startMarketplace(database: FreshDatabase, overrides: Partial<Environment>): Promise<Marketplace> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const stripe = await startStripeEmulator({ webhookUrl: `${url}/api/v1/webhooks/stripe`, webhookSecret: WEBHOOK_SECRET });
  const settings: Partial<Environment> = {
    MONGODB_URI: database.uri,
    REDIS_PREFIX: database.name,
    STRIPE_API_URL: stripe.url,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
    ...overrides,
  };
  // The worker reads the environment itself, as it does in production.
  Object.assign(process.env, settings);
  const api = await createHttpApplication(ApiModule, { environment: settings, logger: false });
  await api.listen(port, '127.0.0.1');
  const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: false });
  const marketplace: Marketplace = {
    api,
    worker,
    stripe,
    url,
    guest: new ApiClient(url),
    mongo: api.get<Connection>(getConnectionToken()),
    sweep: async (name) => void (await worker.get(Sweeper, { strict: false }).run(name)),
    settled: () => settle(marketplace),
    outboxesAreEmpty: async () => (await worker.get(OutboxRelay, { strict: false }).oldest()) === undefined,
  };
  return marketplace;
}

async function settle({ api, worker }: Marketplace): Promise<void> {
  const relay = worker.get(OutboxRelay, { strict: false });
  do {
    await api.get(Dispatcher, { strict: false }).idle();
    await worker.get(Dispatcher, { strict: false }).idle();
  } while ((await relay.oldest()) !== undefined);
}
