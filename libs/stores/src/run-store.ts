import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { Store } from './domain/store.js';
import type { StoreProfile } from './domain/store.js';
import type { StoreStep } from './domain/store-status.js';

/** Everything that is done to a store once it is drafted. */
@Injectable()
export class RunStore {
  constructor(
    @InjectStore(Store) private readonly stores: AggregateStore<Store>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `STORE_NOT_FOUND`, and `VERSION_MISMATCH` when the store is not at `expectedVersion`. */
  async changeProfile(storeId: string, changes: Partial<StoreProfile>, expectedVersion?: number): Promise<Store> {
    const { aggregate } = await this.stores.update(storeId, (store) => store.changeProfile(changes), { expectedVersion });
    return aggregate;
  }

  /** Throws `STORE_NOT_FOUND` and `INVALID_TRANSITION`; a step that is taken already changes nothing. */
  async take(step: StoreStep, storeId: string, reason?: string): Promise<Store> {
    const at = this.clock.now();
    const { aggregate } = await this.stores.update(storeId, (store) => store.take(step, at, reason));
    return aggregate;
  }
}
