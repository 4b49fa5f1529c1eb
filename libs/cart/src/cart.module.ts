import { Module } from '@nestjs/common';
import { CatalogModule } from '@daraa/catalog';
import { InventoryModule } from '@daraa/inventory';
import { AggregatesModule } from '@daraa/platform';
import { SettingsModule } from '@daraa/settings';
import { ChangeCart } from './application/change-cart.js';
import { DropPurchasedLines } from './application/drop-purchased-lines.js';
import { ExpiredCarts } from './application/expired-carts.js';
import { Market } from './application/market.js';
import { PurchasedCarts } from './application/purchased-carts.js';
import { SweepCarts } from './application/sweep-carts.js';
import { Carts } from './carts.facade.js';
import { Cart } from './domain/cart.js';
import { CartController } from './http/cart.controller.js';
import { cartSchema } from './infrastructure/cart.schema.js';
import { MongoExpiredCarts, MongoPurchasedCarts } from './infrastructure/mongo-carts.js';

/** What buyers put aside in their minds: one cart per customer, and guests' carts by token. */
@Module({
  imports: [
    AggregatesModule.bind({ aggregate: Cart, schema: cartSchema, notFound: 'NOT_FOUND' }),
    CatalogModule,
    InventoryModule,
    SettingsModule,
  ],
  providers: [
    Carts,
    ChangeCart,
    DropPurchasedLines,
    { provide: ExpiredCarts, useClass: MongoExpiredCarts },
    Market,
    { provide: PurchasedCarts, useClass: MongoPurchasedCarts },
  ],
  exports: [Carts, ChangeCart, ExpiredCarts],
})
export class CartModule {}

/** The routes of the cart. */
@Module({ imports: [CartModule], controllers: [CartController] })
export class CartHttpModule {}

/** What the worker does for carts: deletes those that have expired. */
@Module({ imports: [CartModule], providers: [SweepCarts] })
export class CartWorkerModule {}
