import { Injectable } from '@nestjs/common';
import { OpenStore } from './open-store.js';
import { RunStore } from './run-store.js';
import type { StoreProfile } from './domain/store.js';
import { StoreQueries } from './store-queries.js';
import type { StoreView } from './store-views.js';

/** What other contexts may ask of stores. */
@Injectable()
export class Stores {
  constructor(
    private readonly queries: StoreQueries,
    private readonly openStore: OpenStore,
    private readonly runStore: RunStore,
  ) {}

  /** Throws `STORE_NOT_FOUND`. */
  get(storeId: string): Promise<StoreView> {
    return this.queries.get(storeId);
  }

  /** Those of these stores that exist, in no particular order. One query. */
  findMany(storeIds: readonly string[]): Promise<StoreView[]> {
    return this.queries.findMany(storeIds);
  }

  /** The id behind a store's id or slug; undefined when no store has this slug. */
  idOf(idOrSlug: string): Promise<string | undefined> {
    return this.queries.idOf(idOrSlug);
  }

  /** Drafts a store. Repeating with the same `storeId` finds the first one. */
  async create(ownerId: string, profile: StoreProfile, storeId?: string): Promise<StoreView> {
    const store = await this.openStore.execute(ownerId, profile, storeId);
    return this.queries.get(store.id);
  }

  /** The owner asks for a review. Throws `INVALID_TRANSITION`; repeating changes nothing. */
  async submit(storeId: string): Promise<void> {
    await this.runStore.take('submit', storeId);
  }

  /** The platform lets the store sell. Throws `INVALID_TRANSITION`; repeating changes nothing. */
  async approve(storeId: string): Promise<void> {
    await this.runStore.take('approve', storeId);
  }
}
