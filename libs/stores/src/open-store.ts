import { Inject, Injectable } from '@nestjs/common';
import { slugCandidates } from '@daraa/kernel';
import type { Clock, IdSource } from '@daraa/kernel';
import { AggregateStore, CLOCK, IDS, InjectStore, insertWithSlug } from '@daraa/platform';
import { Settings } from '@daraa/settings';
import { Store } from './domain/store.js';
import type { StoreProfile } from './domain/store.js';

/** An owner drafts a store. */
@Injectable()
export class OpenStore {
  constructor(
    @InjectStore(Store) private readonly stores: AggregateStore<Store>,
    private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The slug follows from the English name. With a `storeId` that exists, nothing happens and that store is returned. */
  execute(ownerId: string, profile: StoreProfile, storeId: string = this.ids.next('sto')): Promise<Store> {
    const { currency } = this.settings.current();
    const at = this.clock.now();
    return insertWithSlug(this.stores, slugCandidates(profile.name.en, 'store', storeId), (slug) =>
      Store.draft({ id: storeId, ownerId, slug, currency, profile, at }),
    );
  }
}
