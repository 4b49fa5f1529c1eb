import { defineEvent } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';

/** What is paid for: payments knows its id and amount, never an order. */
export interface Payable {
  readonly type: 'purchase';
  readonly id: string;
}

interface PaymentFact {
  readonly paymentId: string;
  readonly payable: Payable;
  readonly amount: MoneyAmount;
}

/** The money is taken. Comes once per payment, but may be delivered more often. */
export const PaymentCaptured = defineEvent<PaymentFact>('payments.PaymentCaptured');
/** An attempt was declined; the payment may be tried again. */
export const PaymentFailed = defineEvent<PaymentFact>('payments.PaymentFailed');
/** The payment can never be captured any more. */
export const PaymentCancelled = defineEvent<PaymentFact>('payments.PaymentCancelled');

interface RefundFact {
  readonly refundId: string;
  readonly paymentId: string;
  /** What the refund is for: the order that asked for it. */
  readonly reference: string;
  readonly amount: MoneyAmount;
}

export const RefundSucceeded = defineEvent<RefundFact>('payments.RefundSucceeded');
/** The provider will not refund this; a person must act. */
export const RefundFailed = defineEvent<RefundFact & { readonly reason: string }>('payments.RefundFailed');
