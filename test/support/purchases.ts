import type { Connection } from 'mongoose';
import type { ApiClient, Answer } from './api-client.js';
import { AMMAN } from './shop.js';

/** A purchase as the API shows it, as far as tests look at it. */
export interface PurchaseSeen {
  readonly id: string;
  readonly status: string;
  readonly total: { readonly amount: number };
  readonly orders: readonly { readonly id: string; readonly status: string }[];
  readonly payment: { readonly id: string; readonly status: string; readonly clientSecret?: string };
}

export interface Placed {
  readonly purchase: PurchaseSeen;
}

/** What is bought. */
export interface Item {
  readonly variantId: string;
  readonly quantity: number;
}

/** The body of a checkout of these items by card. */
export function byCard(paymentMethodId: string, items: readonly Item[]) {
  return { shippingAddress: AMMAN, payment: { method: 'card', paymentMethodId }, items };
}

/** A checkout of these items by a card that works, at one process and once. */
export function buy(client: ApiClient, items: readonly Item[], key?: string): Promise<Answer<Placed>> {
  return client.checkout<Placed>(byCard('pm_card_visa', items), key);
}

/** The intent at Stripe that the buyer was shown. */
export function intentOf({ payment }: PurchaseSeen): string {
  const intent = payment.clientSecret?.split('_secret_')[0];
  if (intent === undefined) throw new Error(`Payment ${payment.id} shows no client secret.`);
  return intent;
}

/** How many pieces of a variant the confirmed purchases say were sold. */
export async function soldOf(mongo: Connection, variantId: string): Promise<number> {
  const lines = await mongo
    .collection('purchases')
    .aggregate<{ sold: number }>([
      { $match: { status: 'confirmed' } },
      { $unwind: '$groups' },
      { $unwind: '$groups.items' },
      { $match: { 'groups.items.variantId': variantId } },
      { $group: { _id: null, sold: { $sum: '$groups.items.quantity' } } },
    ])
    .toArray();
  return lines[0]?.sold ?? 0;
}

/** What the stock of a variant is, and how much of it is set aside. */
export async function stockOf(mongo: Connection, variantId: string): Promise<{ onHand: number; reserved: number }> {
  const items = mongo.collection<{ _id: string; locations: Record<string, { onHand: number; reserved: number }> }>('stock_items');
  const item = await items.findOne({ _id: variantId });
  const locations = Object.values(item?.locations ?? {});
  return {
    onHand: locations.reduce((sum, location) => sum + location.onHand, 0),
    reserved: locations.reduce((sum, location) => sum + location.reserved, 0),
  };
}
