import type Stripe from 'stripe';
import { invalidParameter, resourceMissing } from '../http/errors.js';
import type { Route } from '../http/router.js';
import { newId } from '../state/ids.js';
import type { Transaction } from '../state/store.js';
import { retrieveRoute } from './reads.js';
import { testCards, type TestCard } from './test-cards.js';

export const noBillingDetails: Stripe.PaymentMethod.BillingDetails = { address: null, email: null, name: null, phone: null, tax_id: null };

function cardOf({ brand, last4 }: TestCard): Stripe.PaymentMethod.Card {
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `test${brand}${last4}`,
    funding: 'credit',
    generated_from: null,
    last4,
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/**
 * The payment method that a request names: a new one for a test id (`pm_card_visa`), else one that exists.
 * Throws 400 `resource_missing` where there is none.
 */
export function usePaymentMethod(tx: Transaction, id: string): Stripe.PaymentMethod {
  const existing = tx.find('payment_method', id);
  if (existing !== undefined) return existing;
  const card = Object.hasOwn(testCards, id) ? testCards[id] : undefined;
  if (card === undefined) throw resourceMissing('PaymentMethod', id, 'payment_method');
  return tx.put('payment_method', {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: noBillingDetails,
    card: cardOf(card),
    created: tx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  });
}

/** Cards are what is emulated; asking for anything else is refused rather than half done. */
export function checkPaymentMethodTypes(types: readonly string[]): void {
  const other = types.find((type) => type !== 'card');
  if (other !== undefined) throw invalidParameter(`The payment method type provided: ${other} is invalid.`, 'allowed_payment_method_types');
}

export const paymentMethodRoutes: readonly Route[] = [retrieveRoute('payment_method', '/v1/payment_methods/:id', 'PaymentMethod')];
