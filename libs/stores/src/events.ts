import { defineEvent } from '@daraa/kernel';

export type StoreRole = 'owner' | 'manager' | 'fulfilment' | 'catalog';

/** Somebody may act for a store from now on; accounts shows it at login. */
export const StoreMembershipGranted = defineEvent<{
  readonly storeId: string;
  readonly accountId: string;
  readonly role: StoreRole;
  readonly slug: string;
}>('stores.StoreMembershipGranted');

interface StoreFact {
  readonly storeId: string;
}

export const StoreSubmitted = defineEvent<StoreFact>('stores.StoreSubmitted');
export const StoreApproved = defineEvent<StoreFact>('stores.StoreApproved');
export const StoreRejected = defineEvent<StoreFact>('stores.StoreRejected');
/** The store's products are hidden at once; running orders go on. */
export const StoreSuspended = defineEvent<StoreFact>('stores.StoreSuspended');
export const StoreReinstated = defineEvent<StoreFact>('stores.StoreReinstated');
/** The store has ended for good. */
export const StoreClosed = defineEvent<StoreFact>('stores.StoreClosed');
/** Names, slug or pictures changed: read the store again. */
export const StoreProfileChanged = defineEvent<StoreFact>('stores.StoreProfileChanged');
