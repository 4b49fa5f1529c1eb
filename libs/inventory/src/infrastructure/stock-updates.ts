import type { Document } from 'mongodb';
import type { DomainEvent } from '@daraa/kernel';
import { DEFAULT_LOCATION } from '../domain/stock-item.js';
import { STOCK_LEVELS } from '../domain/stock-level.js';
import type { StockLevelName } from '../domain/stock-level.js';
import type { StockLine } from '../domain/stock-lines.js';

/** What can be said when the stock reaches each level; undefined where nobody listens. */
export type LevelEvents = Readonly<Record<StockLevelName, DomainEvent | undefined>>;

/** What a change does to the default location, to be added. */
export interface CountChange {
  readonly onHand: number;
  readonly reserved: number;
}

const HERE = `locations.${DEFAULT_LOCATION}`;
export const AVAILABLE = `${HERE}.available`;

export function holdField(ownerId: string): string {
  return `holds.${ownerId}`;
}

/** Enough is there, or more may be sold than there is. */
export function enoughFor(quantity: number): Document {
  return { $or: [{ [AVAILABLE]: { $gte: quantity } }, { backorder: true }] };
}

/** Taking these pieces leaves the level as it is (see marginOf), and so there is enough of them. */
export function plentyFor(quantity: number): Document {
  return { margin: { $gt: quantity }, [AVAILABLE]: { $gte: quantity } };
}

/** The owner holds exactly these pieces and has not bought them. */
export function heldBy(ownerId: string, { variantId, quantity }: StockLine): Document {
  const field = holdField(ownerId);
  return { _id: variantId, [`${field}.state`]: 'held', [`${field}.quantity`]: quantity };
}

/** The owner holds nothing. */
export function notHeldBy(ownerId: string, variantId: string): Document {
  return { _id: variantId, [holdField(ownerId)]: { $exists: false } };
}

/** `$inc` for a change that leaves the level as it is. */
export function incrementsOf({ onHand, reserved }: CountChange): Document {
  const available = onHand - reserved;
  const changes = { [`${HERE}.onHand`]: onHand, [`${HERE}.reserved`]: reserved, [AVAILABLE]: available, margin: available };
  return { ...Object.fromEntries(Object.entries(changes).filter(([, amount]) => amount !== 0)), version: 1 };
}

/**
 * A pipeline for a change that may take the item to another level: it counts, looks at the level, and where that has changed
 * raises its sequence and puts the event into the outbox, all in the one write. `others` are more stages, run first.
 */
export function pipelineOf({ onHand, reserved }: CountChange, others: readonly Document[], events: LevelEvents): Document[] {
  const plus = (field: string, amount: number) => ({ [field]: { $add: [`$${field}`, amount] } });
  return [
    ...others,
    { $set: { ...plus(`${HERE}.onHand`, onHand), ...plus(`${HERE}.reserved`, reserved), ...plus(AVAILABLE, onHand - reserved), ...plus('version', 1) } },
    { $set: { before: '$level', left: { $sum: { $map: { input: { $objectToArray: '$locations' }, in: '$$this.v.available' } } } } },
    { $set: { level: byLevel('out', 'low', 'in_stock'), margin: byLevel(0, '$left', { $subtract: ['$left', '$lowStockThreshold'] }) } },
    { $set: { crossed: { $ne: ['$level', '$before'] } } },
    { $set: { levelSequence: { $add: ['$levelSequence', { $cond: ['$crossed', 1, 0] }] } } },
    { $set: { outbox: { $cond: ['$crossed', { $concatArrays: ['$outbox', newEvents(events)] }, '$outbox'] } } },
    { $unset: ['before', 'left', 'crossed'] },
  ];
}

/** The rule of levelOf, in the language of the database. */
function byLevel(out: unknown, low: unknown, inStock: unknown): Document {
  return {
    $switch: {
      branches: [
        { case: { $lte: ['$left', 0] }, then: out },
        { case: { $lte: ['$left', '$lowStockThreshold'] }, then: low },
      ],
      default: inStock,
    },
  };
}

function newEvents(events: LevelEvents): Document {
  const payload = { variantId: '$_id', productId: '$productId', storeId: '$storeId', available: '$left', sequence: '$levelSequence' };
  const branches = STOCK_LEVELS.flatMap((level) => {
    const event = events[level];
    if (event === undefined) return [];
    const complete = { $mergeObjects: [{ $literal: event }, { aggregateVersion: '$version', payload }] };
    return [{ case: { $eq: ['$level', level] }, then: [complete] }];
  });
  return branches.length === 0 ? { $literal: [] } : { $switch: { branches, default: [] } };
}
