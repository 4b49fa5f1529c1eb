import { Money, violationsOf } from '@daraa/kernel';
import type { MoneyAmount, Statement, Violation } from '@daraa/kernel';
import type { PaymentState } from './payment.js';
import type { PaymentStatus } from './payment-status.js';

const RULE = 4;

/** Rule 4 of `daraa verify`, as far as a payment alone can tell: no more goes back than came in, and all that came in has an intent. */
export function faultsOfPayment(paymentId: string, payment: PaymentState): Violation[] {
  return violationsOf(RULE, `payments/${paymentId}`, () => {
    const { amount, status, method, intentId, refunds } = payment;
    const captured = status === 'captured' ? Money.from(amount) : Money.zero(amount.currency);
    const given = givenBack(payment, ['requested', 'succeeded']);
    const unproven = refunds.filter((refund) => refund.status === 'succeeded' && refund.providerRefundId === undefined);
    const repeated = refunds.filter((refund, index) => refunds.findIndex((other) => other.refundId === refund.refundId) !== index);
    return [
      [!Money.from(amount).isNegative(), 'an amount that is not negative', Money.from(amount).toString()],
      [!given.isMoreThan(captured), `refunds of at most ${captured.toString()}, as captured`, given.toString()],
      [status !== 'captured' || method !== 'card' || intentId !== undefined, 'an intent at the provider, captured', 'none'],
      [refunds.every((refund) => refund.amount.amount > 0), 'refunds of more than nothing', 'one of nothing or less'],
      [unproven.length === 0, 'an id of the provider for each refund that succeeded', `none for ${unproven.map(idOf).join(', ')}`],
      [repeated.length === 0, 'each refund once', `${repeated.map(idOf).join(', ')} more than once`],
    ];
  });
}

/** How a payment stands at the provider. */
export interface ProviderRecord {
  readonly status: PaymentStatus;
  /** What the provider has taken. */
  readonly received: MoneyAmount;
  /** What the provider has given back of it, or is about to. */
  readonly refunded: MoneyAmount;
}

/** Rule 4 of `daraa verify` at the provider; undefined: it knows no such intent. Refunds that are under way may have reached it. */
export function faultsAtProvider(paymentId: string, payment: PaymentState, found: ProviderRecord | undefined): Violation[] {
  return violationsOf(RULE, `payments/${paymentId}`, (): Statement[] => {
    if (!found) return [[false, `the intent ${payment.intentId ?? ''} at the provider`, 'no such intent']];
    const { amount, status } = payment;
    const ours = status === 'captured' ? Money.from(amount) : Money.zero(amount.currency);
    const [least, most] = [givenBack(payment, ['succeeded']), givenBack(payment, ['requested', 'succeeded'])];
    const back = Money.from(found.refunded);
    const isCaptured = status === 'captured';
    // An authorisation that was given up shows as given back as well.
    const isBackRight = !isCaptured || (!back.isLessThan(least) && !back.isMoreThan(most));
    return [
      [isCaptured === (found.status === 'captured'), `${status}, as we say, at the provider`, found.status],
      [ours.equals(found.received), `${ours.toString()} taken by the provider`, Money.from(found.received).toString()],
      [isBackRight, `${least.toString()} given back by the provider`, back.toString()],
    ];
  });
}

function givenBack({ amount, refunds }: PaymentState, statuses: readonly PaymentState['refunds'][number]['status'][]): Money {
  return Money.sum(refunds.filter((refund) => statuses.includes(refund.status)).map((refund) => refund.amount), amount.currency);
}

function idOf({ refundId }: PaymentState['refunds'][number]): string {
  return refundId;
}
