import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { PaymentSearch } from '../application/payment-search.js';
import { Payment } from '../domain/payment.js';
import type { PaymentState } from '../domain/payment.js';

/** PaymentSearch over the collection `payments`. */
@Injectable()
export class MongoPaymentSearch extends PaymentSearch {
  constructor(@InjectAggregateModel(Payment) private readonly model: Model<StoredDocument<PaymentState>>) {
    super();
  }

  async toCheck(now: Date, limit: number): Promise<string[]> {
    const filter = { checkAt: { $exists: true, $lte: now } };
    const found = await this.model.find(filter, { _id: 1 }).sort({ checkAt: 1 }).limit(limit).lean<{ _id: string }[]>();
    return found.map((document) => document._id);
  }
}
