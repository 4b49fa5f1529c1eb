import { Money } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';
import type { PaymentFailure } from './domain/intent-outcome.js';
import type { Payment, PaymentMethod } from './domain/payment.js';
import type { PaymentStatus } from './domain/payment-status.js';
import type { Payable } from './events.js';

/** A payment as its buyer and other contexts see it. */
export interface PaymentView {
  readonly id: string;
  readonly payable: Payable;
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  readonly amount: MoneyAmount;
  /** What was given back so far. */
  readonly refunded: MoneyAmount;
  /** With this the client completes the payment at the provider; null where nothing is to be completed. */
  readonly clientSecret: string | null;
  /** Why the last attempt was declined. */
  readonly failure: PaymentFailure | null;
  readonly createdAt: Date;
  readonly version: number;
}

/** The view of a payment; provider ids and attempts stay inside. */
export function viewOf(payment: Payment): PaymentView {
  const { payable, method, status, amount, refunds, clientSecret, failure, openedAt } = payment.details;
  const open = status === 'pending' || status === 'requires_action' || status === 'failed';
  const given = refunds.filter((refund) => refund.status === 'succeeded').map((refund) => refund.amount);
  return {
    id: payment.id,
    payable: { type: payable.type, id: payable.id },
    method,
    status,
    amount,
    refunded: Money.sum(given, amount.currency).toJSON(),
    clientSecret: open ? (clientSecret ?? null) : null,
    failure: failure ? { code: failure.code, message: failure.message } : null,
    createdAt: openedAt,
    version: payment.version,
  };
}
