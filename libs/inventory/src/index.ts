export { Inventory } from './inventory.facade.js';
export { InventoryHttpModule, InventoryModule, InventoryVerificationModule, InventoryWorkerModule } from './inventory.module.js';
export type { Availability, Shortage } from './domain/stock-item.js';
export type { StockLine } from './domain/stock-lines.js';
export type { SoldLine } from './application/commit-holds.js';
export type { RecordedHold, RecordedSale } from './application/stock-records.js';
export { verifyStock } from './infrastructure/verify-stock.js';
