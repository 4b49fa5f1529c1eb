import { type Db, type IndexDescription, MongoClient } from 'mongodb';
import { waitUntil } from '../support/wait-until.js';
import type { Side } from './report.js';

const SETTLES_WITHIN_MS = 60_000;
/** Where an order leaves events to be handled. */
const OUTBOXES = ['purchases', 'payments', 'webhook_events', 'orders', 'carts'];

/** Copies all documents and indexes of one database into another. */
export async function copyDatabase(fromUri: string, toUri: string): Promise<void> {
  const [from, to] = [await MongoClient.connect(fromUri), await MongoClient.connect(toUri)];
  for (const { name } of await from.db().listCollections().toArray()) {
    const target = await to.db().createCollection(name);
    const documents = await from.db().collection(name).find().toArray();
    if (documents.length > 0) await target.insertMany(documents);
    const indexes = (await from.db().collection(name).indexes()).filter((index) => index.name !== '_id_');
    if (indexes.length > 0) await target.createIndexes(indexes.map(({ v: _version, ...index }) => index as IndexDescription));
  }
  await Promise.all([from.close(), to.close()]);
}

/** Looks at the databases of both sides from outside. */
export class LoadDatabases {
  private constructor(private readonly clients: Readonly<Record<Side, MongoClient>>) {}

  static async connect(uris: Readonly<Record<Side, string>>): Promise<LoadDatabases> {
    return new LoadDatabases({ ours: await MongoClient.connect(uris.ours), limit: await MongoClient.connect(uris.limit) });
  }

  /** Resolves when no event of this side waits any more: what is asynchronous belongs to the work that is measured. */
  async settled(side: Side): Promise<void> {
    const database = this.clients[side].db();
    await waitUntil(async () => !(await eventsWaitIn(database)), { within: SETTLES_WITHIN_MS, describe: `${side} has handled its events` });
  }

  /** Says for each side how much was ordered and sold, and whether any stock fell below zero. */
  async stock(): Promise<string[]> {
    const lines: string[] = [];
    for (const side of ['ours', 'limit'] as const) lines.push(await this.stockOf(side));
    return lines;
  }

  async close(): Promise<void> {
    await Promise.all([this.clients.ours.close(), this.clients.limit.close()]);
  }

  private async stockOf(side: Side): Promise<string> {
    const database = this.clients[side].db();
    const belowZero = ['available', 'onHand'].map((field) => ({ [`locations.main.${field}`]: { $lt: 0 } }));
    const bad = await database.collection('stock_items').countDocuments({ $or: belowZero });
    const orders = await database.collection('orders').countDocuments({ status: 'placed' });
    const [sold] = await database
      .collection('stock_movements')
      .aggregate([{ $match: { kind: 'sale' } }, { $group: { _id: null, pieces: { $sum: '$quantity' } } }])
      .toArray();
    return `${side}: ${orders} orders placed, ${-Number(sold?.['pieces'] ?? 0)} pieces sold, ${bad} stock items below zero.`;
  }
}

async function eventsWaitIn(database: Db): Promise<boolean> {
  const waiting = { 'outbox.0': { $exists: true } };
  const found = await Promise.all(OUTBOXES.map((name) => database.collection(name).findOne(waiting, { projection: { _id: 1 } })));
  return found.some((document) => document !== null);
}
