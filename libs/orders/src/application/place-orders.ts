import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, currentContext, InjectStore } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import { Order } from '../domain/order.js';

/** Moves the orders of a purchase along with it: placed when it is confirmed, cancelled when it ends unpaid. */
@Injectable()
export class PlaceOrders {
  constructor(
    @InjectStore(Order) private readonly orders: AggregateStore<Order>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The purchase is confirmed; `paid` when its money was captured. Repeating changes nothing. */
  place(orders: readonly Order[], paid: boolean): Promise<Order[]> {
    const doing = this.doing();
    return this.orders.updateAll(orders, (order) => order.place(paid, doing));
  }

  async placeById(orderIds: readonly string[], paid: boolean): Promise<Order[]> {
    return this.place(await this.allOf(orderIds), paid);
  }

  /** Money came after the purchase had ended: every order gives its total back. Repeating changes nothing. */
  async refundLatePayment(orderIds: readonly string[]): Promise<Order[]> {
    const doing = this.doing();
    const orders = await this.allOf(orderIds);
    return this.orders.updateAll(orders, (order) => order.refundLatePayment(doing));
  }

  /** The purchase ended unpaid, for this reason. Repeating changes nothing. */
  async endUnpaid(orderIds: readonly string[], reason: string): Promise<Order[]> {
    const doing = this.doing();
    const orders = await this.orders.findAll(orderIds);
    return this.orders.updateAll(orders, (order) => order.endUnpaid(reason, doing));
  }

  /** Throws when some of them are not opened yet, so that the event that needs them is delivered again. */
  private async allOf(orderIds: readonly string[]): Promise<Order[]> {
    const orders = await this.orders.findAll(orderIds);
    if (orders.length < orderIds.length) throw new Error(`Not all of the orders ${orderIds.join(', ')} are opened yet.`);
    return orders;
  }

  private doing() {
    return { actor: currentContext().actor, at: this.clock.now() };
  }
}
