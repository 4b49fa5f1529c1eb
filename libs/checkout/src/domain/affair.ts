import { Money } from '@daraa/kernel';
import type { MoneyAmount, Statement } from '@daraa/kernel';
import type { OrderRecord } from '@daraa/orders';
import type { PaymentRecord } from '@daraa/payments';
import type { PurchaseState } from './purchase.js';

/** A purchase with what belongs to it, as each of them says of itself; for the checks. */
export interface Affair {
  readonly purchaseId: string;
  readonly purchase: PurchaseState;
  /** Those of its orders that exist. */
  readonly orders: readonly OrderRecord[];
  readonly payment: PaymentRecord | undefined;
}

/** The statement that an amount is what it should be; `what` says why. */
export function costs(what: string, expected: Money, found: MoneyAmount): Statement {
  return [expected.equals(found), `${what}: ${expected.toString()}`, Money.from(found).toString()];
}
