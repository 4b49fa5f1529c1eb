export { STORE_STATUSES } from './domain/store-status.js';
export type { StoreStatus } from './domain/store-status.js';
export type { OpeningTime, StoreAddress, StoreProfile, Weekday } from './domain/store.js';
export type { StoreView } from './store-views.js';
export { Stores } from './stores.facade.js';
export { StoresHttpModule } from './stores-http.module.js';
export { StoresModule } from './stores.module.js';
