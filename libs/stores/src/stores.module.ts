import { Global, Module } from '@nestjs/common';
import { AggregatesModule, StoreAccess } from '@daraa/platform';
import { SettingsModule } from '@daraa/settings';
import { Store } from './domain/store.js';
import { OpenStore } from './open-store.js';
import { OwnerAccess } from './owner-access.js';
import { RunStore } from './run-store.js';
import { StoreQueries } from './store-queries.js';
import { storeSchema } from './store.schema.js';
import { Stores } from './stores.facade.js';

/** Answers the guards' question who may act for a store, for every module. */
@Global()
@Module({ providers: [{ provide: StoreAccess, useClass: OwnerAccess }], exports: [StoreAccess] })
export class StoreAccessModule {}

@Module({
  imports: [
    AggregatesModule.bind({ aggregate: Store, schema: storeSchema, notFound: 'STORE_NOT_FOUND' }),
    SettingsModule,
    StoreAccessModule,
  ],
  providers: [OpenStore, RunStore, StoreQueries, Stores],
  exports: [OpenStore, RunStore, StoreQueries, Stores],
})
export class StoresModule {}
