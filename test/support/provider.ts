import type { StripeServer } from '@daraa/local';

/** What Stripe says of the money of one intent, in minor units. */
export interface MoneyAtProvider {
  readonly status: string;
  readonly captured: number;
  readonly refunded: number;
  readonly refunds: number;
}

interface Intent {
  readonly status: string;
  readonly amount_received: number;
}
interface Refunds {
  readonly data: readonly { readonly amount: number; readonly status: string }[];
}

/** The buyer's bank answers the 3-D Secure challenge with yes; false where the intent waits for no answer any more. */
export async function authenticate({ url }: StripeServer, intentId: string): Promise<boolean> {
  const body = JSON.stringify({ outcome: 'succeed' });
  const answer = await fetch(`${url}/test/payment_intents/${intentId}/authenticate`, { method: 'POST', body });
  return answer.ok;
}

/** How the money of an intent stands at Stripe now. */
export async function moneyAt(stripe: StripeServer, intentId: string): Promise<MoneyAtProvider> {
  const [intent, refunds] = await Promise.all([
    read<Intent>(stripe, `/v1/payment_intents/${intentId}`),
    read<Refunds>(stripe, `/v1/refunds?payment_intent=${intentId}`),
  ]);
  return {
    status: intent.status,
    captured: intent.amount_received,
    refunded: refunds.data.reduce((sum, refund) => sum + refund.amount, 0),
    refunds: refunds.data.length,
  };
}

async function read<Body>({ url }: StripeServer, path: string): Promise<Body> {
  const answer = await fetch(`${url}${path}`, { headers: { Authorization: 'Bearer sk_test_cluster' } });
  if (!answer.ok) throw new Error(`Stripe answers ${answer.status} to ${path}: ${await answer.text()}`);
  return (await answer.json()) as Body;
}
