import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { derivedId } from '@daraa/kernel';
import type { Actor, Clock, MoneyAmount } from '@daraa/kernel';
import { Payment } from '../domain/payment.js';
import type { PaymentMethod, PaymentTerms } from '../domain/payment.js';
import type { Payable } from '../events.js';
import { ChargeAttempts } from './charge-attempts.js';

/** What is to be paid. The id is the payable's to derive: opening twice opens once. */
export interface PaymentRequest {
  readonly paymentId: string;
  readonly payable: Payable;
  readonly amount: MoneyAmount;
  readonly method: PaymentMethod;
  /** The provider's payment method; without it the client confirms with the client secret. */
  readonly paymentMethodId?: string;
  readonly buyer: Actor;
  readonly description: string;
}

/** The terms of a request, without its id and card. */
export function termsOf({ payable, buyer, amount, method, description }: PaymentRequest): PaymentTerms {
  return { payable, buyer, amount, method, description };
}

/** Opens the payment of a payable and makes its first attempt. */
@Injectable()
export class OpenPayment {
  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly attempts: ChargeAttempts,
  ) {}

  /**
   * The payment after its first attempt; a decline is status `failed`, an unknown outcome `processing`. Running again with the
   * same id goes on with the same attempt.
   */
  async execute(request: PaymentRequest): Promise<Payment> {
    const { aggregate } = await this.payments.insertOrGet(this.fresh(request));
    return this.attempts.makeLast(aggregate);
  }

  private fresh(request: PaymentRequest): Payment {
    const { paymentId, paymentMethodId } = request;
    const startedAt = this.clock.now();
    if (request.method === 'cash_on_delivery') return Payment.inCash(paymentId, termsOf(request), startedAt);
    return Payment.byCard(paymentId, termsOf(request), {
      attemptId: derivedId('att', paymentId, '1'),
      startedAt,
      ...(paymentMethodId === undefined ? {} : { paymentMethodId }),
    });
  }
}
