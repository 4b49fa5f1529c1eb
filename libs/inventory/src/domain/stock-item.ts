import type { StockLevelName } from './stock-level.js';
import { levelOf, marginOf } from './stock-level.js';
import type { StockLine } from './stock-lines.js';
import type { StockMovement } from './stock-movement.js';

/** Where pieces lie when nobody says where. */
export const DEFAULT_LOCATION = 'main';
export const DEFAULT_LOW_MARK = 5;

/** What lies at one place: `available` is always `onHand − reserved`. */
export interface StockCount {
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

interface Held {
  readonly quantity: number;
  readonly location: string;
  readonly heldAt: Date;
}

/**
 * Pieces that a purchase has set aside. Once committed they are gone from `onHand`, and the hold stays only until the sale's
 * movement stands; `commitId` tells this taking from any other.
 */
export type StockHold = (Held & { readonly state: 'held' }) | (Held & { readonly state: 'committed'; readonly commitId: string });

/** The stock of one variant. Hot: it is changed by atomic updates only, never loaded and written back. */
export interface StockItem {
  readonly variantId: string;
  readonly productId: string;
  readonly storeId: string;
  readonly sku: string;
  readonly locations: Readonly<Record<string, StockCount>>;
  /** By the id of the owner. */
  readonly holds: Readonly<Record<string, StockHold>>;
  /** Movements that are counted in already but may not stand in their own collection yet, by their id. */
  readonly pending: Readonly<Record<string, StockMovement>>;
  /**
   * Grows with each movement that is counted in by way of `pending`. Whoever has seen that a movement does not exist counts it
   * in where this is still what it was, so that it cannot be counted twice, and sales do not get in the way.
   */
  readonly movementVersion: number;
  readonly level: StockLevelName;
  /** See marginOf. */
  readonly margin: number;
  readonly levelSequence: number;
  readonly lowStockThreshold: number;
  /** May be sold below zero. */
  readonly backorder: boolean;
  readonly version: number;
}

/** How much of a variant can be bought. */
export interface Availability {
  readonly available: number;
  readonly inStock: boolean;
  readonly lowStock: boolean;
}

/** What can be ordered of a variant that may be sold below zero: as much as one line takes. */
const PIECES_ON_BACKORDER = 99;

export function totalOf(locations: StockItem['locations']): StockCount {
  const counts = Object.values(locations);
  const sum = (read: (count: StockCount) => number) => counts.reduce((total, count) => total + read(count), 0);
  return { onHand: sum((count) => count.onHand), reserved: sum((count) => count.reserved), available: sum((count) => count.available) };
}

export function availabilityOf(item: Pick<StockItem, 'locations' | 'lowStockThreshold' | 'backorder'>): Availability {
  const left = totalOf(item.locations).available;
  const available = item.backorder ? Math.max(left, PIECES_ON_BACKORDER) : Math.max(left, 0);
  return { available, inStock: available > 0, lowStock: !item.backorder && levelOf(left, item.lowStockThreshold) === 'low' };
}

/** True when this many pieces can be taken from the default location right now. */
export function canGive(item: StockItem, quantity: number): boolean {
  return item.backorder || (item.locations[DEFAULT_LOCATION]?.available ?? 0) >= quantity;
}

/** Somebody wanted more than there is. */
export interface Shortage {
  readonly variantId: string;
  readonly requested: number;
  readonly available: number;
}

export function shortageOf(line: StockLine, item: StockItem | undefined): Shortage {
  const left = Math.max(item?.locations[DEFAULT_LOCATION]?.available ?? 0, 0);
  // Whoever was refused while enough was there for a moment has lost a race: one less than asked for is what was left then.
  return { variantId: line.variantId, requested: line.quantity, available: Math.min(left, line.quantity - 1) };
}

/** What a new item is made of. */
export type StockItemDraft = Pick<StockItem, 'variantId' | 'productId' | 'storeId' | 'sku'>;

/** A new item with its first pieces; their movement is pending. */
export function openingItem(draft: StockItemDraft, first: StockMovement | undefined): StockItem {
  const onHand = first?.quantity ?? 0;
  return {
    ...draft,
    locations: { [DEFAULT_LOCATION]: { onHand, reserved: 0, available: onHand } },
    holds: {},
    pending: first === undefined ? {} : { [first.id]: first },
    movementVersion: first === undefined ? 0 : 1,
    level: levelOf(onHand, DEFAULT_LOW_MARK),
    margin: marginOf(onHand, DEFAULT_LOW_MARK),
    levelSequence: 0,
    lowStockThreshold: DEFAULT_LOW_MARK,
    backorder: false,
    version: 1,
  };
}
