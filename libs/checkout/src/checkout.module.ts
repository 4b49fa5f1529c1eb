import { Module } from '@nestjs/common';
import { AccountsModule } from '@daraa/accounts';
import { CartModule } from '@daraa/cart';
import { CatalogModule } from '@daraa/catalog';
import { InventoryModule } from '@daraa/inventory';
import { OrdersModule } from '@daraa/orders';
import { PaymentsModule } from '@daraa/payments';
import { AggregatesModule } from '@daraa/platform';
import { SettingsModule } from '@daraa/settings';
import { AnswerForHolds } from './application/answer-for-holds.js';
import { Baskets } from './application/basket.js';
import { ClosePurchase } from './application/close-purchase.js';
import { ConfirmPurchase } from './application/confirm-purchase.js';
import { FindPurchase } from './application/find-purchase.js';
import { PlacePurchase } from './application/place-purchase.js';
import { PurchaseNumbers } from './application/purchase-numbers.js';
import { PurchaseSearch } from './application/purchase-search.js';
import { QuoteBasket } from './application/quote-basket.js';
import { SupersedePurchases } from './application/supersede-purchases.js';
import { SweepPurchases } from './application/sweep-purchases.js';
import { Purchase } from './domain/purchase.js';
import { CheckoutController } from './http/checkout.controller.js';
import { PurchasesController } from './http/purchases.controller.js';
import { MongoPurchaseNumbers } from './infrastructure/mongo-purchase-numbers.js';
import { MongoPurchaseSearch } from './infrastructure/mongo-purchase-search.js';
import { PurchaseRecords } from './infrastructure/purchase-records.js';
import { purchaseSchema } from './infrastructure/purchase.schema.js';
import { VerifyEndings } from './infrastructure/verify-endings.js';
import { VerifyPurchases } from './infrastructure/verify-purchases.js';
import { VerifySoldLines } from './infrastructure/verify-sold-lines.js';

/** The checkout: from a basket to a purchase that is paid or ended. */
@Module({
  imports: [
    AggregatesModule.bind({ aggregate: Purchase, schema: purchaseSchema, notFound: 'PURCHASE_NOT_FOUND' }),
    AccountsModule,
    CartModule,
    CatalogModule,
    InventoryModule,
    OrdersModule,
    PaymentsModule,
    SettingsModule,
  ],
  providers: [
    AnswerForHolds,
    Baskets,
    ClosePurchase,
    ConfirmPurchase,
    FindPurchase,
    PlacePurchase,
    { provide: PurchaseNumbers, useClass: MongoPurchaseNumbers },
    PurchaseRecords,
    { provide: PurchaseSearch, useClass: MongoPurchaseSearch },
    QuoteBasket,
    SupersedePurchases,
    VerifyEndings,
    VerifyPurchases,
    VerifySoldLines,
  ],
  exports: [ClosePurchase, FindPurchase, PlacePurchase, PurchaseSearch, QuoteBasket],
})
export class CheckoutModule {}

/** The routes of the checkout. */
@Module({ imports: [CheckoutModule], controllers: [CheckoutController, PurchasesController] })
export class CheckoutHttpModule {}

/** What the worker does for the checkout: ends what nobody pays, finishes what a crash interrupted. */
@Module({ imports: [CheckoutModule], providers: [SweepPurchases] })
export class CheckoutWorkerModule {}
