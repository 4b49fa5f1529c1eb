import { Injectable } from '@nestjs/common';
import type { Violation } from '@daraa/kernel';
import { InjectAggregateModel, Verifies } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { Order } from '../domain/order.js';
import type { OrderState } from '../domain/order.js';
import { faultsOfTotals, faultsOfWay } from '../domain/order-faults.js';

/** Rules 3 and 7 of `daraa verify`, as far as each order alone can tell. */
@Injectable()
export class VerifyOrders {
  constructor(@InjectAggregateModel(Order) private readonly model: Model<StoredDocument<OrderState>>) {}

  @Verifies({ rule: 3, name: 'orders add up line by line' })
  async *totals(): AsyncGenerator<Violation> {
    for await (const order of this.orders()) yield* faultsOfTotals(order._id, order);
  }

  @Verifies({ rule: 7, name: 'orders go a possible way' })
  async *ways(): AsyncGenerator<Violation> {
    for await (const order of this.orders()) yield* faultsOfWay(order._id, order);
  }

  private orders(): AsyncIterable<StoredDocument<OrderState>> {
    return this.model.find().lean<StoredDocument<OrderState>>().cursor();
  }
}
