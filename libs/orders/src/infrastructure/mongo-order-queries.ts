import { Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Actor, Page, PageRequest } from '@daraa/kernel';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { OrderQueries } from '../application/order-queries.js';
import { Order } from '../domain/order.js';
import type { OrderState } from '../domain/order.js';
import type { OrderStatus } from '../domain/order-status.js';
import { belongsTo, viewOf } from '../orders.views.js';
import type { OrderView } from '../orders.views.js';

type OrderDocument = StoredDocument<OrderState>;

const toView = (document: OrderDocument): OrderView => viewOf(document._id, document.version, document);

/** OrderQueries over the collection `orders`. */
@Injectable()
export class MongoOrderQueries extends OrderQueries {
  constructor(@InjectAggregateModel(Order) private readonly model: Model<OrderDocument>) {
    super();
  }

  async ofBuyer(orderId: string, buyer: Actor): Promise<OrderView> {
    const document = await this.model.findById(orderId).lean<OrderDocument>();
    if (!document || !belongsTo(document, buyer)) throw new DomainError('ORDER_NOT_FOUND');
    return toView(document);
  }

  async listOfBuyer(buyer: Actor, page: PageRequest, status?: OrderStatus): Promise<Page<OrderView>> {
    const filter = { 'buyer.id': buyer.id, ...(status === undefined ? {} : { status }) };
    const [documents, total] = await Promise.all([
      this.model
        .find(filter)
        .sort({ _id: -1 })
        .skip((page.page - 1) * page.limit)
        .limit(page.limit)
        .lean<OrderDocument[]>(),
      this.model.countDocuments(filter),
    ]);
    return { items: documents.map(toView), total, page: page.page, limit: page.limit };
  }

  async ofGuest(number: string, email: string): Promise<OrderView> {
    const document = await this.model.findOne({ number }).lean<OrderDocument>();
    if (document?.guestEmail !== email.toLowerCase()) throw new DomainError('ORDER_NOT_FOUND');
    return toView(document);
  }

  async ofPurchase(purchaseId: string): Promise<OrderView[]> {
    const documents = await this.model.find({ purchaseId }).sort({ number: 1 }).lean<OrderDocument[]>();
    return documents.map(toView);
  }
}
