import { Module } from '@nestjs/common';
import { AggregatesModule } from '@daraa/platform';
import { CancelOrder } from './application/cancel-order.js';
import { OnPurchaseEvents } from './application/on-purchase-events.js';
import { OnRefundEvents } from './application/on-refund-events.js';
import { OpenOrders } from './application/open-orders.js';
import { OrderQueries } from './application/order-queries.js';
import { OrderRecords } from './application/order-records.js';
import { PlaceOrders } from './application/place-orders.js';
import { Order } from './domain/order.js';
import { OrdersController } from './http/orders.controller.js';
import { MongoOrderQueries } from './infrastructure/mongo-order-queries.js';
import { MongoOrderRecords } from './infrastructure/mongo-order-records.js';
import { orderSchema } from './infrastructure/order.schema.js';
import { VerifyOrders } from './infrastructure/verify-orders.js';
import { Orders } from './orders.facade.js';

/** Orders: what a purchase becomes, one per store. */
@Module({
  imports: [AggregatesModule.bind({ aggregate: Order, schema: orderSchema, notFound: 'ORDER_NOT_FOUND' })],
  providers: [
    CancelOrder,
    OnPurchaseEvents,
    OnRefundEvents,
    OpenOrders,
    { provide: OrderQueries, useClass: MongoOrderQueries },
    { provide: OrderRecords, useClass: MongoOrderRecords },
    Orders,
    PlaceOrders,
    VerifyOrders,
  ],
  exports: [Orders, CancelOrder, OrderQueries],
})
export class OrdersModule {}

/** The routes of orders. */
@Module({ imports: [OrdersModule], controllers: [OrdersController] })
export class OrdersHttpModule {}
