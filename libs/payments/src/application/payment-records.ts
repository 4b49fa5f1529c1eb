import type { MoneyAmount } from '@daraa/kernel';
import type { PaymentMethod } from '../domain/payment.js';
import type { PaymentStatus } from '../domain/payment-status.js';
import type { Payable } from '../events.js';

/** What a payment says of itself, for whoever compares it with what it is for. */
export interface PaymentRecord {
  readonly id: string;
  readonly payable: Payable;
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  readonly amount: MoneyAmount;
  readonly refunds: readonly {
    readonly refundId: string;
    /** The order that asked for it. */
    readonly reference: string;
    readonly amount: MoneyAmount;
    readonly status: 'requested' | 'succeeded' | 'failed';
  }[];
  /** The payment has told something that others may not know yet. */
  readonly inFlight: boolean;
}

/** Reads payments as they are kept. */
export abstract class PaymentRecords {
  /** Those of these payments that exist. One query. */
  abstract findAll(paymentIds: readonly string[]): Promise<PaymentRecord[]>;
}
