import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { Accounts } from '@daraa/accounts';
import { Catalog } from '@daraa/catalog';
import { randomIds } from '@daraa/kernel';
import { Acknowledger, Dispatcher, Verification } from '@daraa/platform';
import { Stores } from '@daraa/stores';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../test/support/database.js';
import { productInput, storeProfile } from '../../../test/support/market.js';
import { textOf } from '../../../test/support/raw-database.js';
import { MarketplaceModule } from './marketplace.module.js';
import { listStuckEvents, replayStuckEvents } from './outbox/stuck-events.js';
import { mustNotBeProduction } from './seed/must-not-be-production.js';
import { seedDemoData } from './seed/seed-demo-data.js';
import { printVerification } from './verify/print-verification.js';

const HOUR_AGO = new Date(Date.now() - 3_600_000);
const STARTS_WITHIN_MS = 60_000;

let printed: string[] = [];
const print = (line: string): void => void printed.push(line);

beforeEach(() => {
  printed = [];
});

/** The marketplace as commands open it, on a database of its own. */
function useOpenMarketplace(): { uri: string; context: INestApplicationContext; mongo: Connection } {
  const { uri } = freshDatabase();
  const opened = { uri } as { uri: string; context: INestApplicationContext; mongo: Connection };
  beforeAll(async () => {
    opened.context = await NestFactory.createApplicationContext(MarketplaceModule.forRoot({ MONGODB_URI: uri }), { logger: false });
    opened.mongo = opened.context.get<Connection>(getConnectionToken());
  }, STARTS_WITHIN_MS);
  afterAll(() => opened.context.close());
  return opened;
}

describe('daraa seed', () => {
  const marketplace = useOpenMarketplace();
  const products = () => marketplace.mongo.collection<{ _id: string; status: string; publishedAt: Date | null }>('products');
  const seed = async () => {
    const report = await seedDemoData(marketplace.context);
    await marketplace.context.get(Dispatcher).idle();
    return report;
  };

  beforeAll(async () => {
    await seed();
  }, STARTS_WITHIN_MS);

  it('is refused in production', () => {
    expect(() => mustNotBeProduction('production')).toThrow('Demo data has no place in production');
    expect(() => mustNotBeProduction('development')).not.toThrow();
  });

  it('puts 200 products in 12 categories on sale, in five stores that sell, with stock and listings that are true', async () => {
    const count = (collection: string, filter = {}) => marketplace.mongo.collection(collection).countDocuments(filter);
    expect(await count('products', { status: 'active', 'store.selling': true })).toBeGreaterThanOrEqual(200);
    expect(await count('catalog_listings', { visible: true })).toBe(await count('products'));
    expect((await products().distinct('categoryId')).length).toBeGreaterThanOrEqual(12);
    expect(await count('stores', { status: 'approved' })).toBe(5);
    expect(await count('accounts', { status: 'active' })).toBe(36);
    const results = await marketplace.context.get(Verification).run({ withProvider: false });
    expect(results.flatMap((result) => result.violations)).toEqual([]);
  });

  it('lets store owners see their stores at login', async () => {
    const owner = await marketplace.mongo.collection('accounts').findOne({ email: 'owner1@demo.daraa.test' });
    expect(owner?.['memberships']).toEqual([expect.objectContaining({ slug: 'zaytoun-pantry', role: 'owner' })]);
  });

  it('changes nothing the second time', async () => {
    await marketplace.context.get(Acknowledger).flush();
    const before = await textOf(marketplace.uri);
    expect(await seed()).toMatchObject({ added: 0 });
    expect(await textOf(marketplace.uri)).toBe(before);
  });

  it('finishes what an interrupted run has begun, and leaves archived what somebody has archived', async () => {
    const [draft, archived] = await products().find().limit(2).toArray();
    await products().updateOne({ _id: draft?._id ?? '' }, { $set: { status: 'draft', publishedAt: null }, $inc: { version: 1 } });
    await products().updateOne({ _id: archived?._id ?? '' }, { $set: { status: 'archived' }, $inc: { version: 1 } });
    expect(await seed()).toMatchObject({ added: 1 });
    expect(await products().findOne({ _id: draft?._id ?? '' })).toMatchObject({ status: 'active' });
    expect(await products().findOne({ _id: archived?._id ?? '' })).toMatchObject({ status: 'archived' });
  });
});

describe('daraa verify', () => {
  const marketplace = useOpenMarketplace();
  const listing = { _id: randomIds.next('prod') };
  const listings = () => marketplace.mongo.collection<{ _id: string }>('catalog_listings');

  const verify = (json = false) => printVerification(marketplace.context.get(Verification), { json, provider: false }, print);

  it('prints a line per check, and is content where nothing is wrong', async () => {
    expect(await verify()).toBe(true);
    expect(printed.slice(0, -1).filter((line) => !/^ok rule \d {2}\S/.test(line))).toEqual([]);
    expect(printed.at(-1)).toBe(`${printed.length - 1} checks, all clean.`);
  });

  it('prints a line per violation', async () => {
    await listings().insertOne(listing);
    expect(await verify()).toBe(false);
    expect(printed).toContain(`!! rule 9  catalog_listings/${listing._id}  expected: a product  found: a listing without one`);
    expect(printed.at(-1)).toBe('1 violation.');
  });

  it('prints one JSON document where that is asked for', async () => {
    expect(await verify(true)).toBe(false);
    expect(printed).toHaveLength(1);
    const { clean, checks } = JSON.parse(printed[0] ?? '') as { clean: boolean; checks: { violations: object[] }[] };
    expect([clean, checks.flatMap((check) => check.violations)]).toEqual([
      false,
      [{ rule: 9, document: `catalog_listings/${listing._id}`, expected: 'a product', found: 'a listing without one' }],
    ]);
  });
});

describe('daraa outbox', () => {
  const marketplace = useOpenMarketplace();
  let productId: string;

  const products = () => marketplace.mongo.collection<{ _id: string; outbox: object[] }>('products');
  const removeListing = () => marketplace.mongo.collection<{ _id: string }>('catalog_listings').deleteOne({ _id: productId });
  const listing = () => marketplace.mongo.collection<{ _id: string }>('catalog_listings').findOne({ _id: productId });
  const anEvent = (type: string, payload: object, occurredAt = HOUR_AGO) => ({
    ...{ eventId: randomIds.next('evt'), type, schema: 1, aggregateId: productId, aggregateVersion: 1 },
    ...{ occurredAt, correlationId: 'test', actor: { type: 'system', id: 'system' }, payload },
  });

  async function park(handler: string, type: string, payload: object): Promise<string> {
    const event = anEvent(type, payload);
    const _id = `${event.eventId}:${handler}`;
    const parked = { _id, handler, event, error: 'Error: the database was away\n  at somewhere', attempts: 5, parkedAt: HOUR_AGO };
    await marketplace.mongo.collection<{ _id: string }>('parked_events').insertOne(parked);
    return _id;
  }

  beforeAll(async () => {
    const { context } = marketplace;
    const [accounts, stores, catalog] = [context.get(Accounts), context.get(Stores), context.get(Catalog)];
    const person = { email: 'owner@example.test', passwordHash: 'none', firstName: 'Samir', lastName: 'Zaytoun' };
    const { accountId } = await accounts.registerVerified({ ...person, roles: ['store_owner'] });
    const store = await stores.create(accountId, storeProfile());
    const { categoryId } = await catalog.createCategory({ name: { en: 'Coffee' } });
    productId = (await catalog.createProduct(store.id, productInput(categoryId))).id;
    await marketplace.context.get(Dispatcher).idle();
    await marketplace.context.get(Acknowledger).flush();
  });

  afterEach(async () => {
    await marketplace.context.get(Acknowledger).flush();
    await marketplace.mongo.collection('parked_events').deleteMany({});
    await products().updateOne({ _id: productId }, { $set: { outbox: [] } });
  });

  it('lists what is parked and what waits for more than five minutes, and nothing younger', async () => {
    const parked = await park('catalog.project-listing', 'catalog.ProductUpdated', { productId });
    const [old, young] = [anEvent('catalog.ProductUpdated', { productId }), anEvent('catalog.ProductUpdated', { productId }, new Date())];
    await products().updateOne({ _id: productId }, { $set: { outbox: [old, young] } });
    await listStuckEvents(marketplace.context, print);
    expect(printed).toEqual([
      `parked  ${parked}  catalog.ProductUpdated  ${productId}  5 attempts: Error: the database was away`,
      `waits   ${old.eventId}  catalog.ProductUpdated  products/${productId}  since ${HOUR_AGO.toISOString()}`,
      '2 stuck. daraa outbox replay <id> delivers one again.',
    ]);
  });

  it('replays a parked event by its id', async () => {
    const parked = await park('catalog.project-listing', 'catalog.ProductUpdated', { productId });
    await removeListing();
    expect(await replayStuckEvents(marketplace.context, parked, print)).toBe(true);
    expect(printed).toEqual(['1 delivered, 0 failed again.']);
    expect(await listing()).not.toBeNull();
    expect(await marketplace.mongo.collection('parked_events').countDocuments()).toBe(0);
  });

  it('replays everything, and tells what fails again', async () => {
    const hopeless = await park('orders.place', 'checkout.PurchaseConfirmed', { orderIds: [randomIds.next('ord')], paid: true });
    const old = anEvent('catalog.ProductUpdated', { productId });
    await products().updateOne({ _id: productId }, { $set: { outbox: [old] } });
    await removeListing();
    expect(await replayStuckEvents(marketplace.context, undefined, print)).toBe(false);
    expect(printed).toEqual([expect.stringContaining(`${hopeless} failed again: Not all of the orders`), '1 delivered, 1 failed again.']);
    await marketplace.context.get(Acknowledger).flush();
    expect(await listing()).not.toBeNull();
    expect(await products().findOne({ _id: productId })).toMatchObject({ outbox: [] });
    expect(await marketplace.mongo.collection('parked_events').findOne()).toMatchObject({ _id: hopeless });
  });

  it('says so where there is no such event', async () => {
    await expect(replayStuckEvents(marketplace.context, 'evt_none', print)).rejects.toThrow('No event evt_none is parked');
  });
});
