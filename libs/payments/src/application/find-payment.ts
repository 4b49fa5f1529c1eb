import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import type { Actor } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';

/** Looks at a buyer's own payment. */
@Injectable()
export class FindPayment {
  constructor(@InjectStore(Payment) private readonly payments: AggregateStore<Payment>) {}

  /** Throws `PAYMENT_NOT_FOUND` for anybody but its buyer. */
  async execute(paymentId: string, buyer: Actor): Promise<Payment> {
    const payment = await this.payments.get(paymentId);
    payment.mustBelongTo(buyer);
    return payment;
  }
}
