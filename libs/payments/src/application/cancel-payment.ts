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
    return this.resume((await this.payments.insertOrGet(never)).aggregate);
  }

  /**
   * Goes on with a payment that exists. That it shall be cancelled is written down first, so that nobody charges it while the
   * provider cannot be asked; then the provider decides between the cancellation and an attempt that is under way.
   */
  async resume(payment: Payment): Promise<Payment> {
    const at = this.clock.now();
    const { aggregate } = await this.payments.update(payment, (each) => each.requestCancellation(at));
    if (aggregate.isEnded) return aggregate;
    try {
      return await this.cancel(aggregate);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      this.logger.warn(`Payment ${payment.id} is not cancelled yet: ${error.message}`);
      return aggregate;
    }
  }

  private async cancel(payment: Payment): Promise<Payment> {
    const intentId = await this.attempts.secureIntent(payment);
    if (intentId !== null) return this.attempts.observe(payment, await this.provider.cancel(intentId));
    return (await this.payments.update(payment, (each) => each.cancel())).aggregate;
  }
}
