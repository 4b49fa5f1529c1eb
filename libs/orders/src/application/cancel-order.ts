import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import type { Actor, Clock } from '@daraa/kernel';
import { Order } from '../domain/order.js';

/** A customer cancels an order that the store does not prepare yet; what was paid is refunded, what was sold goes back. */
@Injectable()
export class CancelOrder {
  constructor(
    @InjectStore(Order) private readonly orders: AggregateStore<Order>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `ORDER_NOT_FOUND` for anybody but the buyer, `ORDER_CANNOT_CANCEL` when it is too late. */
  async execute(orderId: string, buyer: Actor, reason: string): Promise<Order> {
    const doing = { actor: buyer, at: this.clock.now() };
    const { aggregate } = await this.orders.update(orderId, (order) => {
      order.mustBelongTo(buyer);
      order.cancelByCustomer(reason, doing);
    });
    return aggregate;
  }
}
