import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { DomainEvent } from '@daraa/kernel';
import { Acknowledger, asDuplicateKey, CoalescedWrites, Outbox } from '@daraa/platform';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { StockItems } from '../application/stock-items.js';
import type { ExpectedCount } from '../application/stock-items.js';
import { DEFAULT_LOCATION, totalOf } from '../domain/stock-item.js';
import type { StockCount, StockItem } from '../domain/stock-item.js';
import type { StockLine } from '../domain/stock-lines.js';
import type { StockMovement } from '../domain/stock-movement.js';
import { BackInStock, StockLow, StockOut, StockShortage } from '../events.js';
import { itemOf, STOCK_ITEMS, UNSETTLED_HOLDS, UNSETTLED_MOVEMENTS } from './stock-item.schema.js';
import type { StockItemDocument } from './stock-item.schema.js';
import { enoughFor, heldBy, holdField, incrementsOf, notHeldBy, pipelineOf, plentyFor } from './stock-updates.js';
import type { CountChange, LevelEvents } from './stock-updates.js';

/** One write that may take an item to another level. */
interface LevelChange {
  readonly variantId: string;
  readonly filter: Document;
  readonly count: CountChange;
  /** What else the write does, as stages of a pipeline. */
  readonly stages: readonly Document[];
}

/** An item as it is read here: without events, and perhaps without holds. */
type StoredItem = Omit<StockItemDocument, 'outbox' | 'holds'> & Partial<Pick<StockItemDocument, 'holds'>>;

/** A hot item has hundreds of holds; nobody needs to read those of others. */
const WITHOUT_HOLDS = {
  productId: 1,
  storeId: 1,
  sku: 1,
  locations: 1,
  pending: 1,
  movementVersion: 1,
  level: 1,
  margin: 1,
  levelSequence: 1,
  lowStockThreshold: 1,
  backorder: 1,
  version: 1,
};

/** StockItems over the collection `stock_items`; docs/adr/0003 says why there are two kinds of writes. */
@Injectable()
export class MongoStockItems extends StockItems {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly writes: CoalescedWrites,
    private readonly outbox: Outbox,
    private readonly acknowledger: Acknowledger,
  ) {
    super();
    outbox.watch(STOCK_ITEMS);
  }

  open(items: readonly StockItem[]): Promise<boolean[]> {
    return Promise.all(
      items.map(async ({ variantId, ...rest }) => {
        try {
          await this.writes.run({ name: 'insertOne', collection: STOCK_ITEMS, document: { _id: variantId, ...rest, outbox: [] } });
          return true;
        } catch (error) {
          if (!asDuplicateKey(error)?.isSameId) throw error;
          return false;
        }
      }),
    );
  }

  async findAll(variantIds: readonly string[], ownerId?: string): Promise<StockItem[]> {
    const projection = ownerId === undefined ? WITHOUT_HOLDS : { ...WITHOUT_HOLDS, [holdField(ownerId)]: 1 };
    const documents = await this.items()
      .find<StoredItem>({ _id: { $in: [...variantIds] } }, { projection })
      .toArray();
    return documents.map(({ holds = {}, ...document }) => itemOf({ ...document, holds }));
  }

  hold(ownerId: string, lines: readonly StockLine[], at: Date): Promise<boolean[]> {
    return this.updateAll(
      lines.map(({ variantId, quantity }) => ({
        filter: { ...notHeldBy(ownerId, variantId), ...plentyFor(quantity) },
        update: {
          $inc: incrementsOf({ onHand: 0, reserved: quantity }),
          $set: { [holdField(ownerId)]: { quantity, location: DEFAULT_LOCATION, state: 'held', heldAt: at } },
        },
      })),
    );
  }

  async holdAcrossMark(ownerId: string, lines: readonly StockLine[], at: Date): Promise<boolean[]> {
    const changed = await Promise.all(
      lines.map(({ variantId, quantity }) =>
        this.change({
          variantId,
          filter: { ...notHeldBy(ownerId, variantId), ...enoughFor(quantity) },
          count: { onHand: 0, reserved: quantity },
          stages: [settingHold(ownerId, { quantity, location: DEFAULT_LOCATION, state: 'held', heldAt: at })],
        }),
      ),
    );
    return changed.map((count) => count !== undefined);
  }

  commit(ownerId: string, lines: readonly StockLine[], commitId: string): Promise<boolean[]> {
    const field = holdField(ownerId);
    return this.updateAll(
      lines.map((line) => ({
        filter: heldBy(ownerId, line),
        update: {
          $inc: incrementsOf({ onHand: -line.quantity, reserved: -line.quantity }),
          $set: { [`${field}.state`]: 'committed', [`${field}.commitId`]: commitId },
        },
      })),
    );
  }

  async takeUnheld(ownerId: string, { variantId, quantity }: StockLine, commitId: string, at: Date): Promise<boolean> {
    const count = await this.change({
      variantId,
      filter: { ...notHeldBy(ownerId, variantId), ...enoughFor(quantity) },
      count: { onHand: -quantity, reserved: 0 },
      stages: [settingHold(ownerId, { quantity, location: DEFAULT_LOCATION, state: 'committed', heldAt: at, commitId })],
    });
    return count !== undefined;
  }

  async undoCommit(ownerId: string, variantId: string, commitId: string): Promise<boolean> {
    const field = holdField(ownerId);
    const found = await this.items().findOne({ _id: variantId, [`${field}.commitId`]: commitId }, { projection: { [field]: 1 } });
    const quantity = found?.holds[ownerId]?.quantity;
    if (quantity === undefined) return false;
    const count = await this.change({
      variantId,
      filter: { _id: variantId, [`${field}.commitId`]: commitId },
      count: { onHand: quantity, reserved: 0 },
      stages: [{ $unset: field }],
    });
    return count !== undefined;
  }

  forgetHold(ownerId: string, variantId: string, commitId: string): void {
    const field = holdField(ownerId);
    this.acknowledger.tidy({
      collection: STOCK_ITEMS,
      id: variantId,
      filter: { [`${field}.commitId`]: commitId },
      update: { $unset: { [field]: '' }, $inc: { version: 1 } },
    });
  }

  async release(ownerId: string, lines: readonly StockLine[]): Promise<void> {
    if (lines.length === 0) return;
    const released = await this.updateAll(
      lines.map((line) => ({
        filter: { ...heldBy(ownerId, line), level: 'in_stock' },
        update: { $inc: incrementsOf({ onHand: 0, reserved: -line.quantity }), $unset: { [holdField(ownerId)]: '' } },
      })),
    );
    const others = lines.filter((_line, index) => !released[index]);
    await Promise.all(
      others.map((line) =>
        this.change({
          variantId: line.variantId,
          filter: heldBy(ownerId, line),
          count: { onHand: 0, reserved: -line.quantity },
          stages: [{ $unset: holdField(ownerId) }],
        }),
      ),
    );
  }

  apply(movement: StockMovement, expected: ExpectedCount): Promise<StockCount | undefined> {
    const { id, variantId, storeId, quantity } = movement;
    const { movementVersion, onHand } = expected;
    return this.change({
      variantId,
      filter: {
        _id: variantId,
        storeId,
        movementVersion,
        [`pending.${id}`]: { $exists: false },
        ...(onHand === undefined ? {} : { [`locations.${DEFAULT_LOCATION}.onHand`]: onHand }),
        ...(quantity < 0 ? enoughFor(-quantity) : {}),
      },
      count: { onHand: quantity, reserved: 0 },
      stages: [{ $set: { [`pending.${id}`]: { $literal: movement }, movementVersion: { $add: ['$movementVersion', 1] } } }],
    });
  }

  forgetPending({ id, variantId }: StockMovement): void {
    this.acknowledger.tidy({
      collection: STOCK_ITEMS,
      id: variantId,
      filter: { [`pending.${id}`]: { $exists: true } },
      update: { $unset: { [`pending.${id}`]: '' }, $inc: { version: 1 } },
    });
  }

  async reportShortage(ownerId: string, { variantId, quantity }: StockLine): Promise<void> {
    const events = this.outbox.sealOne(StockShortage, variantId, { variantId, ownerId, quantity });
    if (events.length === 0) return;
    await this.updateAll([{ filter: { _id: variantId }, update: { $inc: { version: 1 }, $push: { outbox: { $each: events } } } }]);
    this.outbox.dispatchAfterReply(STOCK_ITEMS, events);
  }

  async *unsettled(): AsyncIterable<StockItem> {
    const sources = [
      this.items().find({ holds: { $gt: {} } }, { projection: { outbox: 0 } }).hint(UNSETTLED_HOLDS),
      this.items().find({ pending: { $gt: {} } }, { projection: { outbox: 0 } }).hint(UNSETTLED_MOVEMENTS),
    ];
    for (const cursor of sources) for await (const document of cursor) yield itemOf(document);
  }

  private async updateAll(updates: readonly { filter: Document; update: Document }[]): Promise<boolean[]> {
    const outcomes = await this.writes.runAll(updates.map((update) => ({ name: 'updateOne', collection: STOCK_ITEMS, ...update })));
    return outcomes.map((outcome) => outcome.matched);
  }

  /** Changes one item and tells whoever listens when that takes it to another level; the count afterwards, undefined unless it fits. */
  private async change({ variantId, filter, count, stages }: LevelChange): Promise<StockCount | undefined> {
    const events = this.levelEvents(variantId);
    const document = await this.items().findOneAndUpdate(filter, pipelineOf(count, stages, events), {
      returnDocument: 'after',
      projection: { locations: 1, outbox: 1 },
    });
    if (!document) return undefined;
    const own = new Set(Object.values(events).map((event) => event?.eventId));
    this.outbox.dispatchAfterReply(STOCK_ITEMS, document.outbox.filter((event) => own.has(event.eventId)));
    return totalOf(document.locations);
  }

  /** An event for each level that the item may reach; the write completes the one that comes true. */
  private levelEvents(variantId: string): LevelEvents {
    const sealed = ({ type, schema }: { type: string; schema: number }): DomainEvent | undefined =>
      this.outbox.seal([{ type, schema, payload: {} }], variantId, 0)[0];
    return { in_stock: sealed(BackInStock), low: sealed(StockLow), out: sealed(StockOut) };
  }

  private items() {
    return this.connection.collection<StockItemDocument>(STOCK_ITEMS);
  }
}

function settingHold(ownerId: string, hold: Document): Document {
  return { $set: { [holdField(ownerId)]: { $literal: hold } } };
}
