import { Module } from '@nestjs/common';
import { AggregatesModule } from '@daraa/platform';
import { CancelOrder } from './application/cancel-order.js';
import { OnPurchaseEvents } from './application/on-purchase-events.js';
import { OnRefundEvents } from './application/on-refund-events.js';
import { OpenOrders } from './application/open-orders.js';
import { PlaceOrders } from './application/place-orders.js';
import { Order } from './domain/order.js';
import { OrderQueries } from './infrastructure/order-queries.js';
import { orderSchema } from './infrastructure/order.schema.js';
import { Orders } from './orders.facade.js';

@Module({
  imports: [AggregatesModule.bind({ aggregate: Order, schema: orderSchema, notFound: 'ORDER_NOT_FOUND' })],
  providers: [CancelOrder, OnPurchaseEvents, OnRefundEvents, OpenOrders, OrderQueries, Orders, PlaceOrders],
  exports: [Orders, CancelOrder, OrderQueries],
})
export class OrdersModule {}
