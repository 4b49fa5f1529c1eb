import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Violation } from '@daraa/kernel';
import { Verifies } from '@daraa/platform';
import type { Connection } from 'mongoose';
import type { StockItem } from '../domain/stock-item.js';
import { awaitedMovements, faultOfOrphans, faultsOf } from '../domain/stock-faults.js';
import type { MovementFacts } from '../domain/stock-faults.js';
import { itemOf, STOCK_ITEMS } from './stock-item.schema.js';
import type { StockItemDocument } from './stock-item.schema.js';
import { STOCK_MOVEMENTS } from './stock-movement.schema.js';
import type { StockMovementDocument } from './stock-movement.schema.js';

interface MovementSum {
  readonly _id: string;
  readonly sum: number;
  readonly standing: readonly { readonly id: string; readonly commitId?: string }[];
}

const ITEMS_A_BATCH = 200;
/** How often an item that is being sold is read again before its faults are believed to be moments. */
const READINGS = 10;
const NOTHING: MovementFacts = { sum: 0, standing: new Map() };

/**
 * Proves the stock, item by item: yields what is wrong and has been seen wrong while the item stood still. Facts on their way
 * from an item into the movements are counted as what they are, so that a living system is not accused.
 */
export async function* verifyStock(connection: Connection): AsyncGenerator<Violation> {
  let batch: StockItem[] = [];
  for await (const document of items(connection).find().sort({ _id: 1 })) {
    batch.push(itemOf(document));
    if (batch.length < ITEMS_A_BATCH) continue;
    yield* faultsOfBatch(connection, batch);
    batch = [];
  }
  yield* faultsOfBatch(connection, batch);
  yield* orphans(connection);
}

/** Rule 5 of `daraa verify`. */
@Injectable()
export class VerifyStock {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  @Verifies({ rule: 5, name: 'stock' })
  run(): AsyncIterable<Violation> {
    return verifyStock(this.connection);
  }
}

async function* faultsOfBatch(connection: Connection, batch: readonly StockItem[]): AsyncGenerator<Violation> {
  let open = batch;
  for (let reading = 0; reading < READINGS && open.length > 0; reading += 1) {
    const facts = await factsOf(connection, open);
    const suspects = open.filter((item) => faultsOf(item, facts.get(item.variantId) ?? NOTHING).length > 0);
    const now = await readAgain(connection, suspects);
    for (const item of suspects) {
      if (now.get(item.variantId)?.version === item.version) yield* faultsOf(item, facts.get(item.variantId) ?? NOTHING);
    }
    open = suspects.flatMap((item) => {
      const present = now.get(item.variantId);
      return present === undefined || present.version === item.version ? [] : [present];
    });
  }
}

async function readAgain(connection: Connection, suspects: readonly StockItem[]): Promise<Map<string, StockItem>> {
  if (suspects.length === 0) return new Map();
  const found = await items(connection)
    .find({ _id: { $in: suspects.map((item) => item.variantId) } })
    .toArray();
  return new Map(found.map((document) => [document._id, itemOf(document)]));
}

async function factsOf(connection: Connection, batch: readonly StockItem[]): Promise<Map<string, MovementFacts>> {
  const awaited = batch.flatMap(awaitedMovements);
  const sums = await connection
    .collection<StockMovementDocument>(STOCK_MOVEMENTS)
    .aggregate<MovementSum>([
      { $match: { variantId: { $in: batch.map((item) => item.variantId) } } },
      {
        $group: {
          _id: '$variantId',
          sum: { $sum: '$quantity' },
          standing: { $push: { $cond: [{ $in: ['$_id', awaited] }, { id: '$_id', commitId: '$commitId' }, '$$REMOVE'] } },
        },
      },
    ])
    .toArray();
  return new Map(sums.map(({ _id, sum, standing }) => [_id, { sum, standing: new Map(standing.map(({ id, commitId }) => [id, commitId])) }]));
}

async function* orphans(connection: Connection): AsyncGenerator<Violation> {
  const sums = connection
    .collection<StockMovementDocument>(STOCK_MOVEMENTS)
    .aggregate<{ _id: string; count: number }>([{ $group: { _id: '$variantId', count: { $sum: 1 } } }]);
  let batch: { _id: string; count: number }[] = [];
  for await (const sum of sums) {
    batch.push(sum);
    if (batch.length < ITEMS_A_BATCH) continue;
    yield* orphansOf(connection, batch);
    batch = [];
  }
  yield* orphansOf(connection, batch);
}

async function* orphansOf(connection: Connection, sums: readonly { _id: string; count: number }[]): AsyncGenerator<Violation> {
  const ids = sums.map((sum) => sum._id);
  const known = new Set((await items(connection).find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray()).map((item) => item._id));
  for (const { _id, count } of sums) if (!known.has(_id)) yield faultOfOrphans(_id, count);
}

function items(connection: Connection) {
  return connection.collection<StockItemDocument>(STOCK_ITEMS);
}
