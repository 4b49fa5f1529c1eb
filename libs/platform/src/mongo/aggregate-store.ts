import type { Aggregate } from '@daraa/kernel';

/** What an update did: the aggregate as it is stored now, what the change returned, and whether anything was written. */
export interface Updated<Stored, Result> {
  readonly aggregate: Stored;
  readonly result: Result;
  readonly changed: boolean;
}

/**
 * Where aggregates of one kind live: one document each, written with one conditional write that carries the events as well.
 * A change is a pure function of the aggregate: it may run several times, on fresh copies, when others write at the same time.
 */
export abstract class AggregateStore<Stored extends Aggregate<object>> {
  /** Stores a new aggregate. Throws a DuplicateKeyError when its id, or a value of a unique index, is taken. */
  abstract insert(aggregate: Stored): Promise<Stored>;

  /** Stores a new aggregate unless one with its id exists already; returns the stored one either way. For repeatable steps. */
  abstract insertOrGet(aggregate: Stored): Promise<{ aggregate: Stored; inserted: boolean }>;

  /** `insertOrGet` for several, in one round trip where all are new. */
  abstract insertOrGetAll(aggregates: readonly Stored[]): Promise<Stored[]>;

  abstract find(id: string): Promise<Stored | undefined>;

  /** The aggregates with these ids that exist, in no particular order. */
  abstract findAll(ids: readonly string[]): Promise<Stored[]>;

  /** Throws the context's not-found error. */
  abstract get(id: string): Promise<Stored>;

  /**
   * Applies `change` and writes what differs. Give the aggregate itself instead of its id where it is at hand: no read is made
   * unless somebody else wrote in between. With `expectedVersion`, any other version is `VERSION_MISMATCH`.
   * Throws `CONFLICT` when others win too many times in a row.
   */
  abstract update<Result>(
    target: string | Stored,
    change: (aggregate: Stored) => Result,
    options?: { readonly expectedVersion?: number | undefined },
  ): Promise<Updated<Stored, Result>>;

  /** `update` of several aggregates at once: one round trip where nobody interferes. */
  abstract updateAll(targets: readonly Stored[], change: (aggregate: Stored) => void): Promise<Stored[]>;

  /** Deletes an aggregate whose events are all delivered; false when there is none or events still wait. */
  abstract remove(id: string): Promise<boolean>;
}
