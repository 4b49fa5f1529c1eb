import type Stripe from 'stripe';
import type { Route } from '../http/router.js';
import { newId } from '../state/ids.js';
import type { Transaction } from '../state/store.js';
import { isWithin, listPage, retrieveRoute } from './reads.js';

/** Stripe's standard price for a card payment: 2.9 % and 30 minor units. */
const feePerMille = 29;
const fixedFee = 30;
const twoDays = 2 * 24 * 60 * 60;

/** What Stripe keeps of a card payment, in minor units. */
export function processingFee(amount: number): number {
  return Math.round((amount * feePerMille) / 1000) + fixedFee;
}

interface Movement {
  type: 'charge' | 'refund';
  /** Minor units, negative where money leaves. */
  amount: number;
  fee: number;
  currency: string;
  source: string;
  description: string | null;
}

/** Books a movement of the platform's Stripe balance. */
export function bookMovement(tx: Transaction, { type, amount, fee, currency, source, description }: Movement): Stripe.BalanceTransaction {
  const processing = { amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' };
  return tx.put('balance_transaction', {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: tx.now + twoDays,
    balance_type: 'payments',
    created: tx.now,
    currency,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [processing],
    net: amount - fee,
    reporting_category: type,
    source,
    status: 'pending',
    type,
  });
}

export const balanceTransactionRoutes: readonly Route[] = [
  retrieveRoute('balance_transaction', '/v1/balance_transactions/:id', 'balance transaction'),
  {
    method: 'GET',
    path: '/v1/balance_transactions',
    run: (call) => {
      const type = call.params.text('type');
      const source = call.params.text('source');
      const created = call.params.range('created');
      return listPage(
        call,
        'balance_transaction',
        '/v1/balance_transactions',
        (movement) =>
          (type === undefined || movement.type === type) &&
          (source === undefined || movement.source === source) &&
          isWithin(created, movement.created),
      );
    },
  },
];
