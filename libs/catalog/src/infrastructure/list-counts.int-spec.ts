import { FixedClock } from '@daraa/kernel';
import { CoalescedWrites } from '@daraa/platform';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { Listings } from '../application/listings.js';
import { ListCounts } from './list-counts.js';

const database = freshDatabase();
let connection: Connection;
let clock: FixedClock;
let listings: Listings;
let counts: ListCounts;

beforeEach(async () => {
  connection = await mongoose.createConnection(database.uri).asPromise();
  await connection.collection('catalog_listings').deleteMany({});
  clock = new FixedClock('2026-03-01T09:00:00Z');
  listings = new Listings(new CoalescedWrites(connection));
  counts = new ListCounts(connection, listings, clock);
});

afterEach(() => connection.close());

const visible = () => counts.count({ visible: true });
/** Somebody else lists so many products. */
const list = (count: number) => connection.collection('catalog_listings').insertMany(Array.from({ length: count }, () => ({ visible: true })));

describe('the length of a list', () => {
  it('is counted each time up to a hundred', async () => {
    await list(99);
    expect(await visible()).toBe(99);
    await list(1);
    expect(await visible()).toBe(100);
    expect(await counts.count({ visible: false })).toBe(0);
  });

  it.each([
    [101, 4_900, 200],
    [1000, 4_900, 200],
    [1001, 29_900, 200],
  ])('is kept for a moment beyond that: %d for %d ms', async (length, keptMs, more) => {
    await list(length);
    expect(await visible()).toBe(length);
    await list(more);
    clock.advance(keptMs);
    expect(await visible()).toBe(length);
    clock.advance(200);
    expect(await visible()).toBe(length + more);
  });

  it('is counted again as soon as this process has changed a listing', async () => {
    await list(2000);
    expect(await visible()).toBe(2000);
    await list(1);
    await listings.projectAll([]);
    expect(await visible()).toBe(2001);
  });
});
