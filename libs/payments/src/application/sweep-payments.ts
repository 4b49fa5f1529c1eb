import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore, Sweep } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';
import { CancelPayment } from './cancel-payment.js';
import { ChargeAttempts } from './charge-attempts.js';
import { PaymentSearch } from './payment-search.js';
import { RefundPayment } from './refund-payment.js';

const EVERY_MS = 10_000;
const BATCH = 50;
/** While the provider is slow, each payment waits for it; ten at a time do not keep each other waiting. */
const AT_ONCE = 10;

/** Asks the provider again where nobody knows what it did. Run by the worker. */
@Injectable()
export class SweepPayments {
  private readonly logger = new Logger(SweepPayments.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly search: PaymentSearch,
    private readonly attempts: ChargeAttempts,
    private readonly cancelPayment: CancelPayment,
    private readonly refundPayment: RefundPayment,
  ) {}

  @Sweep({ name: 'payments.sweep', everyMs: EVERY_MS })
  async run(signal: AbortSignal): Promise<void> {
    const ids = await this.search.toCheck(this.clock.now(), BATCH);
    for (let start = 0; start < ids.length && !signal.aborted; start += AT_ONCE) {
      await Promise.all(ids.slice(start, start + AT_ONCE).map((id) => this.check(id)));
    }
  }

  private async check(id: string): Promise<void> {
    try {
      const now = this.clock.now();
      // Put off before it is asked, so that what cannot be answered comes back later and lets the others through.
      const { aggregate } = await this.payments.update(id, (payment) => payment.postponeCheck(now));
      const settled = aggregate.isCancelling ? await this.cancelPayment.resume(aggregate) : await this.attempts.makeLast(aggregate);
      await this.settleRefunds(settled);
    } catch (error) {
      // One payment must not stop the others; a later sweep finds it again.
      this.logger.error(`Payment ${id} could not be checked: ${String(error)}`);
    }
  }

  private async settleRefunds(payment: Payment): Promise<void> {
    let settled = payment;
    for (const { refundId } of payment.openRefunds) settled = await this.refundPayment.settle(settled, refundId);
  }
}
