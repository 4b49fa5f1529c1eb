import { FixedClock } from '@daraa/kernel';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { ListCounts } from './list-counts.js';

const database = freshDatabase();
let connection: Connection;
let clock: FixedClock;
let counts: ListCounts;

beforeEach(async () => {
  connection = await mongoose.createConnection(database.uri).asPromise();
  await connection.collection('catalog_listings').deleteMany({});
  clock = new FixedClock('2026-03-01T09:00:00Z');
  counts = new ListCounts(connection, clock);
});

afterEach(() => connection.close());

const list = (count: number) =>
  connection.collection('catalog_listings').insertMany(Array.from({ length: count }, () => ({ visible: true })));

describe('the length of a list', () => {
  it('is exact, each time, up to a thousand', async () => {
    await list(999);
    expect(await counts.count({ visible: true })).toBe(999);
    await list(1);
    expect(await counts.count({ visible: true })).toBe(1000);
    expect(await counts.count({ visible: false })).toBe(0);
  });

  it('is kept for half a minute beyond that', async () => {
    await list(1001);
    expect(await counts.count({ visible: true })).toBe(1001);
    await list(50);
    clock.advance(29_000);
    expect(await counts.count({ visible: true })).toBe(1001);
    clock.advance(2000);
    expect(await counts.count({ visible: true })).toBe(1051);
  });
});
