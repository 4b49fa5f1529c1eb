import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';
import { ChargeAttempts } from './charge-attempts.js';
import { termsOf } from './open-payment.js';
import type { PaymentRequest } from './open-payment.js';
import { OutcomeUnknown, PaymentProvider } from './payment-provider.js';

/** Cancels a payment where that is still possible. */
@Injectable()
export class CancelPayment {
  private readonly logger = new Logger(CancelPayment.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly attempts: ChargeAttempts,
    private readonly provider: PaymentProvider,
  ) {}

  /**
   * The payment as the provider leaves it: cancelled, or captured after all; otherwise its outcome is unknown yet. A payment that
   * was never opened is stored as cancelled, so that an opening that is under way charges nothing.
   */
  async execute(request: PaymentRequest): Promise<Payment> {
    const never = Payment.neverOpened(request.paymentId, termsOf(request), this.clock.now());
    const { aggregate } = await this.payments.insertOrGet(never);
    const payment = aggregate.isOutcomeUnknown ? await this.attempts.makeLast(aggregate) : aggregate;
    if (payment.status === 'cancelled' || payment.isCaptured || payment.isOutcomeUnknown) return payment;
    const { intentId } = payment.details;
    if (intentId === undefined) return (await this.payments.update(payment, (each) => each.cancel())).aggregate;
    try {
      return await this.attempts.apply(payment, await this.provider.cancel(intentId, payment.id));
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      this.logger.warn(`Payment ${payment.id} is not cancelled yet: ${error.message}`);
      return payment;
    }
  }
}
