import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CatalogModule } from '@daraa/catalog';
import { AdjustStock } from './application/adjust-stock.js';
import { CommitHolds } from './application/commit-holds.js';
import { CountMovement } from './application/count-movement.js';
import { HoldOwnerRegistry } from './application/hold-owner-registry.js';
import { HoldStock } from './application/hold-stock.js';
import { OnCommerceEvents } from './application/on-commerce-events.js';
import { OpenStock } from './application/open-stock.js';
import { ReleaseHolds } from './application/release-holds.js';
import { RestockOrder } from './application/restock-order.js';
import { StockItems } from './application/stock-items.js';
import { StockMovements } from './application/stock-movements.js';
import { StockQueries } from './application/stock-queries.js';
import { StockRecords } from './application/stock-records.js';
import { SweepHolds } from './application/sweep-holds.js';
import { InventoryController } from './http/inventory.controller.js';
import { StoreInventoryController } from './http/store-inventory.controller.js';
import { MongoStockItems } from './infrastructure/mongo-stock-items.js';
import { MongoStockMovements } from './infrastructure/mongo-stock-movements.js';
import { MongoStockQueries } from './infrastructure/mongo-stock-queries.js';
import { MongoStockRecords } from './infrastructure/mongo-stock-records.js';
import { STOCK_ITEMS, stockItemSchema } from './infrastructure/stock-item.schema.js';
import { STOCK_MOVEMENTS, stockMovementSchema } from './infrastructure/stock-movement.schema.js';
import { VerifyAvailability } from './infrastructure/verify-availability.js';
import { VerifySales } from './infrastructure/verify-sales.js';
import { VerifyStock } from './infrastructure/verify-stock.js';
import { Inventory } from './inventory.facade.js';

/** The stock: what is on hand, who has set what aside, and how it came and went. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'StockItem', schema: stockItemSchema, collection: STOCK_ITEMS },
      { name: 'StockMovement', schema: stockMovementSchema, collection: STOCK_MOVEMENTS },
    ]),
  ],
  providers: [
    AdjustStock,
    CommitHolds,
    CountMovement,
    HoldOwnerRegistry,
    HoldStock,
    Inventory,
    OnCommerceEvents,
    OpenStock,
    ReleaseHolds,
    RestockOrder,
    { provide: StockItems, useClass: MongoStockItems },
    { provide: StockMovements, useClass: MongoStockMovements },
    { provide: StockQueries, useClass: MongoStockQueries },
    { provide: StockRecords, useClass: MongoStockRecords },
    VerifySales,
    VerifyStock,
  ],
  exports: [AdjustStock, CommitHolds, CountMovement, HoldOwnerRegistry, Inventory, ReleaseHolds, StockItems, StockQueries],
})
export class InventoryModule {}

/** The routes of the stock. */
@Module({ imports: [InventoryModule], controllers: [InventoryController, StoreInventoryController] })
export class InventoryHttpModule {}

/** What the worker does for the stock: settles old holds with their owners. */
@Module({ imports: [InventoryModule], providers: [SweepHolds] })
export class InventoryWorkerModule {}

/** What `daraa verify` adds to the stock: a look at what the catalog says of it, which nothing else here needs. */
@Module({ imports: [InventoryModule, CatalogModule], providers: [VerifyAvailability] })
export class InventoryVerificationModule {}
