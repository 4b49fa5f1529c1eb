import { Injectable } from '@nestjs/common';
import type { Violation } from '@daraa/kernel';
import { CannotVerify, inBatches, InjectAggregateModel, Verifies } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { OutcomeUnknown, PaymentProvider } from '../application/payment-provider.js';
import { Payment } from '../domain/payment.js';
import type { PaymentState } from '../domain/payment.js';
import { faultsAtProvider, faultsOfPayment } from '../domain/payment-faults.js';
import type { ProviderRecord } from '../domain/payment-faults.js';

type PaymentDocument = StoredDocument<PaymentState>;

const RULE = 4;
/** How many payments the provider is asked about at the same time; far below its limit. */
const AT_ONCE = 8;

/** Rule 4 of `daraa verify`, as far as each payment alone and the provider can tell. */
@Injectable()
export class VerifyPayments {
  constructor(
    @InjectAggregateModel(Payment) private readonly model: Model<PaymentDocument>,
    private readonly provider: PaymentProvider,
  ) {}

  @Verifies({ rule: RULE, name: 'no more goes back than came in' })
  async *refunds(): AsyncGenerator<Violation> {
    for await (const payment of this.payments({})) yield* faultsOfPayment(payment._id, payment);
  }

  @Verifies({ rule: RULE, name: 'the provider says the same of each payment', asksProvider: true })
  async *atProvider(): AsyncGenerator<Violation> {
    // Where an outcome is open it is the sweep that asks, and the provider may know more than we do.
    const settled = this.payments({ intentId: { $exists: true }, unknownSince: { $exists: false } });
    for await (const batch of inBatches(settled, AT_ONCE)) {
      const records = await Promise.all(batch.map((payment) => this.recordOf(payment)));
      for (const [index, payment] of batch.entries()) yield* faultsAtProvider(payment._id, payment, records[index]);
    }
  }

  private async recordOf({ intentId }: PaymentDocument): Promise<ProviderRecord | undefined> {
    if (intentId === undefined) return undefined;
    try {
      return await this.provider.recordOf(intentId);
    } catch (error) {
      if (error instanceof OutcomeUnknown) throw new CannotVerify(error.message, { cause: error });
      throw error;
    }
  }

  private payments(filter: Record<string, unknown>): AsyncIterable<PaymentDocument> {
    return this.model.find(filter).lean<PaymentDocument>().cursor();
  }
}
