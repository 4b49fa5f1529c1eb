import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { Stripe } from 'stripe';
import { processesOf } from '../../../test/support/processes.js';
import { type LocalServices, startLocalServices } from './start-local-services.js';
import { stripeSdkOptions } from './stripe/index.js';

describe('the local services', () => {
  let folder: string;
  let services: LocalServices | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'daraa-services-'));
  });

  afterEach(async () => {
    await services?.stop();
    services = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('are all there with one call and all gone with another', async () => {
    services = await startLocalServices({ dataDir: folder, environment: {} });
    const connection = await mongoose.createConnection(services.mongodbUri).asPromise();
    const redis = new Redis(services.redisUrl);
    const stripe = new Stripe('sk_test_local_platform', stripeSdkOptions(services.stripe.apiUrl));
    expect(connection.readyState).toBe(mongoose.ConnectionStates.connected);
    expect(await redis.ping()).toBe('PONG');
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
    expect(await (await fetch(services.inboxUrl)).json()).toEqual([]);
    await connection.close();
    redis.disconnect();

    await services.stop();
    expect(await processesOf(folder)).toEqual([]);
    await expect(fetch(services.inboxUrl)).rejects.toThrow();
  }, 20_000);

  it('are those of the environment where it names any, and none is started then', async () => {
    const environment = { MONGODB_URI: 'mongodb://db.example.com/shop', REDIS_URL: 'redis://cache.example.com' };
    services = await startLocalServices({ dataDir: folder, environment });
    expect(services).toMatchObject({ mongodbUri: environment.MONGODB_URI, redisUrl: environment.REDIS_URL });
    expect(await processesOf(folder)).toEqual([]);
  });

  it('leave nothing running when one of them cannot start', async () => {
    services = await startLocalServices({ dataDir: path.join(folder, 'one'), environment: {} });
    const taken = Number(new URL(services.inboxUrl).port);
    const other = startLocalServices({ dataDir: path.join(folder, 'two'), ports: { http: taken }, environment: {} });
    await expect(other).rejects.toThrow(`Port ${taken} is taken by another program.`);
    expect(await processesOf(path.join(folder, 'two'))).toEqual([]);
  }, 20_000);
});
