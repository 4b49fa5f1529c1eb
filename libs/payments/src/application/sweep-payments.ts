import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore, Sweep } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';
import { ChargeAttempts } from './charge-attempts.js';
import { PaymentSearch } from './payment-search.js';
import { RefundPayment } from './refund-payment.js';

const EVERY_MS = 10_000;
const BATCH = 50;
/** Longer than a call to the provider with its repeats takes. */
const UNKNOWN_MS = 60_000;

/** Asks the provider again where nobody knows what it did. Run by the worker. */
@Injectable()
export class SweepPayments {
  private readonly logger = new Logger(SweepPayments.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly search: PaymentSearch,
    private readonly attempts: ChargeAttempts,
    private readonly refundPayment: RefundPayment,
  ) {}

  @Sweep({ name: 'payments.sweep', everyMs: EVERY_MS })
  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - UNKNOWN_MS);
    await this.each(await this.search.unknownSince(before, BATCH), async (payment) => {
      await this.attempts.makeLast(payment);
    });
    await this.each(await this.search.refundsRequestedSince(before, BATCH), async (payment) => {
      for (const refund of payment.details.refunds) await this.refundPayment.settle(await this.payments.get(payment.id), refund.refundId);
    });
  }

  private async each(ids: readonly string[], work: (payment: Payment) => Promise<void>): Promise<void> {
    for (const id of ids) {
      try {
        await work(await this.payments.get(id));
      } catch (error) {
        // One payment must not stop the others; the next sweep finds it again.
        this.logger.error(`Payment ${id} could not be swept: ${String(error)}`);
      }
    }
  }
}
