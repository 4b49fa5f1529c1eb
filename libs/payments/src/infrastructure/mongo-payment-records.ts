import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { PaymentRecords } from '../application/payment-records.js';
import type { PaymentRecord } from '../application/payment-records.js';
import { Payment } from '../domain/payment.js';
import type { PaymentState } from '../domain/payment.js';

type PaymentDocument = StoredDocument<PaymentState>;

const FIELDS = { payable: 1, method: 1, status: 1, amount: 1, refunds: 1, outbox: 1 };

/** PaymentRecords over the collection `payments`. */
@Injectable()
export class MongoPaymentRecords extends PaymentRecords {
  constructor(@InjectAggregateModel(Payment) private readonly model: Model<PaymentDocument>) {
    super();
  }

  async findAll(paymentIds: readonly string[]): Promise<PaymentRecord[]> {
    const found = await this.model.find({ _id: { $in: paymentIds } }, FIELDS).lean<PaymentDocument[]>();
    return found.map(({ _id, payable, method, status, amount, refunds, outbox }) => ({
      id: _id,
      payable,
      method,
      status,
      amount,
      refunds: refunds.map((refund) => ({
        refundId: refund.refundId,
        reference: refund.reference,
        amount: refund.amount,
        status: refund.status,
      })),
      inFlight: outbox.length > 0,
    }));
  }
}
