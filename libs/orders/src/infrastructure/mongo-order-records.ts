import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { OrderRecords } from '../application/order-records.js';
import type { OrderRecord } from '../application/order-records.js';
import { Order } from '../domain/order.js';
import type { OrderState } from '../domain/order.js';

type OrderDocument = StoredDocument<OrderState>;

const FIELDS = { purchaseId: 1, paymentId: 1, status: 1, paid: 1, lines: 1, totals: 1, refunds: 1, outbox: 1 };

/** OrderRecords over the collection `orders`. */
@Injectable()
export class MongoOrderRecords extends OrderRecords {
  constructor(@InjectAggregateModel(Order) private readonly model: Model<OrderDocument>) {
    super();
  }

  async findAll(orderIds: readonly string[]): Promise<OrderRecord[]> {
    const found = await this.model.find({ _id: { $in: orderIds } }, FIELDS).lean<OrderDocument[]>();
    return found.map(({ _id, purchaseId, paymentId, status, paid, lines, totals, refunds, outbox }) => ({
      id: _id,
      purchaseId,
      paymentId,
      status,
      paid,
      lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
      total: totals.total,
      refunds,
      inFlight: outbox.length > 0,
    }));
  }
}
