export { Inventory } from './inventory.facade.js';
export { InventoryHttpModule, InventoryModule, InventoryWorkerModule } from './inventory.module.js';
export type { Availability, Shortage } from './domain/stock-item.js';
export type { StockLine } from './domain/stock-lines.js';
export type { SoldLine } from './application/commit-holds.js';
export { verifyStock } from './infrastructure/verify-stock.js';
