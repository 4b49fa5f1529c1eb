import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Stores } from '@daraa/stores';
import { StoreApproved, StoreClosed, StoreProfileChanged, StoreReinstated, StoreSuspended } from '@daraa/stores/events';
import { StoreCopies } from './store-copies.js';
import { storeCopyOf } from './store-copy.js';

const KEEP_STORE = 'catalog.keep-store';

/** Products and lists follow what becomes of their store. */
@Injectable()
export class OnStoreChanged {
  constructor(
    private readonly stores: Stores,
    private readonly copies: StoreCopies,
  ) {}

  @OnDomainEvent(StoreApproved, KEEP_STORE)
  onStoreApproved({ payload }: EventOf<typeof StoreApproved>): Promise<void> {
    return this.keep(payload.storeId);
  }

  @OnDomainEvent(StoreSuspended, KEEP_STORE)
  onStoreSuspended({ payload }: EventOf<typeof StoreSuspended>): Promise<void> {
    return this.keep(payload.storeId);
  }

  @OnDomainEvent(StoreReinstated, KEEP_STORE)
  onStoreReinstated({ payload }: EventOf<typeof StoreReinstated>): Promise<void> {
    return this.keep(payload.storeId);
  }

  @OnDomainEvent(StoreClosed, KEEP_STORE)
  onStoreClosed({ payload }: EventOf<typeof StoreClosed>): Promise<void> {
    return this.keep(payload.storeId);
  }

  @OnDomainEvent(StoreProfileChanged, KEEP_STORE)
  onStoreProfileChanged({ payload }: EventOf<typeof StoreProfileChanged>): Promise<void> {
    return this.keep(payload.storeId);
  }

  private async keep(storeId: string): Promise<void> {
    await this.copies.keep(storeCopyOf(await this.stores.get(storeId)));
  }
}
