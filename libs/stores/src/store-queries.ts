import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DomainError, isId, SLUG_PATTERN } from '@daraa/kernel';
import type { Page, PageRequest } from '@daraa/kernel';
import { readPage } from '@daraa/platform';
import type { Connection } from 'mongoose';
import type { StoreStatus } from './domain/store-status.js';
import { profileViewOf, publicViewOf, storeViewOf } from './store-views.js';
import type { PublicStoreView, StoredStore, StoreProfileView, StoreView } from './store-views.js';

const NEWEST = { _id: -1 } as const;
const WITHOUT_OUTBOX = { outbox: 0 };

/** Reads stores as plain views. */
@Injectable()
export class StoreQueries {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Throws `STORE_NOT_FOUND`. */
  async get(storeId: string): Promise<StoreView> {
    return storeViewOf(found(await this.stores().findOne({ _id: storeId }, { projection: WITHOUT_OUTBOX })));
  }

  /** Those of these stores that exist. */
  async findMany(storeIds: readonly string[]): Promise<StoreView[]> {
    const stores = await this.stores()
      .find({ _id: { $in: [...storeIds] } }, { projection: WITHOUT_OUTBOX })
      .toArray();
    return stores.map(storeViewOf);
  }

  /** An approved store by its id or slug; any other is `STORE_NOT_FOUND`. */
  async publicProfile(idOrSlug: string): Promise<PublicStoreView> {
    const filter = isId('sto', idOrSlug) ? { _id: idOrSlug } : { slug: mustBeSlug(idOrSlug) };
    const store = found(await this.stores().findOne(filter, { projection: WITHOUT_OUTBOX }));
    if (store.status !== 'approved') throw new DomainError('STORE_NOT_FOUND');
    return publicViewOf(store);
  }

  /** A store in whatever state, for those who may act for it. */
  async profile(storeId: string): Promise<StoreProfileView> {
    return profileViewOf(found(await this.stores().findOne({ _id: storeId }, { projection: WITHOUT_OUTBOX })));
  }

  /** The id behind a store's id or slug; undefined when there is none. */
  async idOf(idOrSlug: string): Promise<string | undefined> {
    if (isId('sto', idOrSlug)) return idOrSlug;
    const store = await this.stores().findOne({ slug: idOrSlug }, { projection: { _id: 1 } });
    return store?._id;
  }

  /** The approved stores, newest first. */
  listApproved(page: PageRequest): Promise<Page<PublicStoreView>> {
    const question = { filter: { status: 'approved' as const }, sort: NEWEST, projection: WITHOUT_OUTBOX };
    return readPage(this.stores(), question, page, publicViewOf);
  }

  /** All stores, or those of one state, newest first. */
  listAll(status: StoreStatus | undefined, page: PageRequest): Promise<Page<StoreProfileView>> {
    const question = { filter: status === undefined ? {} : { status }, sort: NEWEST, projection: WITHOUT_OUTBOX };
    return readPage(this.stores(), question, page, profileViewOf);
  }

  /** The stores of one owner, newest first. */
  listOwned(ownerId: string, page: PageRequest): Promise<Page<StoreProfileView>> {
    return readPage(this.stores(), { filter: { ownerId }, sort: NEWEST, projection: WITHOUT_OUTBOX }, page, profileViewOf);
  }

  private stores() {
    return this.connection.collection<StoredStore>('stores');
  }
}

function found(store: StoredStore | null): StoredStore {
  if (!store) throw new DomainError('STORE_NOT_FOUND');
  return store;
}

function mustBeSlug(text: string): string {
  if (!SLUG_PATTERN.test(text)) throw new DomainError('STORE_NOT_FOUND');
  return text;
}
