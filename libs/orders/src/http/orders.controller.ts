import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '@daraa/kernel';
import { CurrentBuyer, IdParam, Operation, OptionalAuthentication, paged, Public, RateLimit } from '@daraa/platform';
import { CancelOrder } from '../application/cancel-order.js';
import { OrderQueries } from '../application/order-queries.js';
import { viewOf } from '../orders.views.js';
import type { OrderView } from '../orders.views.js';
import { OrderResponse } from './order.response.js';
import { CancelOrderDto, LookUpOrderDto, OrdersQuery } from './orders.dto.js';

/** A buyer's orders. */
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly queries: OrderQueries,
    private readonly cancelOrder: CancelOrder,
  ) {}

  @Get()
  @OptionalAuthentication()
  @Operation({
    id: 'listOrders',
    tag: 'orders',
    summary: 'Your orders, newest first',
    success: { status: 200, type: OrderResponse, list: 'page' },
  })
  async list(@CurrentBuyer() buyer: Actor, @Query() query: OrdersQuery) {
    return paged(await this.queries.listOfBuyer(buyer, query, query.status));
  }

  @Get(':orderId')
  @OptionalAuthentication()
  @Operation({
    id: 'getOrder',
    tag: 'orders',
    summary: 'One of your orders',
    success: { status: 200, type: OrderResponse },
    errors: ['ORDER_NOT_FOUND'],
  })
  get(@IdParam('orderId', 'ord', 'ORDER_NOT_FOUND') orderId: string, @CurrentBuyer() buyer: Actor): Promise<OrderView> {
    return this.queries.ofBuyer(orderId, buyer);
  }

  @Post(':orderId/cancel')
  @OptionalAuthentication()
  @RateLimit('orders')
  @Operation({
    id: 'cancelOrder',
    tag: 'orders',
    summary: 'Cancel an order that the store does not prepare yet',
    description: 'What was paid is refunded, what was reserved goes back. Cancelling again answers the same.',
    success: { status: 200, type: OrderResponse },
    errors: ['ORDER_NOT_FOUND', 'ORDER_CANNOT_CANCEL'],
  })
  async cancel(
    @IdParam('orderId', 'ord', 'ORDER_NOT_FOUND') orderId: string,
    @CurrentBuyer() buyer: Actor,
    @Body() { reason }: CancelOrderDto,
  ): Promise<OrderView> {
    const { id, version, state } = (await this.cancelOrder.execute(orderId, buyer, reason)).snapshot();
    return viewOf(id, version, state);
  }

  @Post('lookup')
  @Public()
  @RateLimit('orders')
  @Operation({
    id: 'lookUpOrder',
    tag: 'orders',
    summary: "A guest's order by number and email",
    success: { status: 200, type: OrderResponse },
    errors: ['ORDER_NOT_FOUND'],
  })
  lookUp(@Body() { number, email }: LookUpOrderDto): Promise<OrderView> {
    return this.queries.ofGuest(number, email);
  }
}
