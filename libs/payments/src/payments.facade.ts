import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import { CancelPayment } from './application/cancel-payment.js';
import { OpenPayment } from './application/open-payment.js';
import type { PaymentRequest } from './application/open-payment.js';
import { PaymentRecords } from './application/payment-records.js';
import type { PaymentRecord } from './application/payment-records.js';
import { Payment } from './domain/payment.js';
import { viewOf } from './payments.views.js';
import type { PaymentView } from './payments.views.js';

/** What other contexts may ask of payments. */
@Injectable()
export class Payments {
  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    private readonly openPayment: OpenPayment,
    private readonly cancelPayment: CancelPayment,
    private readonly records: PaymentRecords,
  ) {}

  /**
   * Opens a payment and makes its first attempt. A decline is status `failed`, an unknown outcome `processing`; neither throws.
   * Running again with the same id resumes.
   */
  async open(request: PaymentRequest): Promise<PaymentView> {
    return viewOf(await this.openPayment.execute(request));
  }

  /** Cancels a payment where that is still possible; the provider decides: `cancelled`, `captured`, or unknown yet. */
  async cancel(request: PaymentRequest): Promise<PaymentView> {
    return viewOf(await this.cancelPayment.execute(request));
  }

  async find(paymentId: string): Promise<PaymentView | undefined> {
    const payment = await this.payments.find(paymentId);
    return payment && viewOf(payment);
  }

  /** What these payments say of themselves, for checks; those that do not exist are left out. One query. */
  recordsOf(paymentIds: readonly string[]): Promise<PaymentRecord[]> {
    return this.records.findAll(paymentIds);
  }
}
