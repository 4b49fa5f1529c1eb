import type Stripe from 'stripe';

/** Everything the emulator keeps, by the name that Stripe gives it in the field `object`. A new resource is a line here. */
export interface StripeObjects {
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  balance_transaction: Stripe.BalanceTransaction;
  event: Stripe.EventBase;
}

export type ObjectKind = keyof StripeObjects;
export type StripeObject = StripeObjects[ObjectKind];

/** The prefix of each kind's ids, by which a bare id is resolved when it is expanded. */
export const idPrefixes: Readonly<Record<ObjectKind, string>> = {
  payment_intent: 'pi',
  payment_method: 'pm',
  charge: 'ch',
  refund: 're',
  balance_transaction: 'txn',
  event: 'evt',
};

/** An object that was created or replaced. */
export type Change<K extends ObjectKind = ObjectKind> = { [P in K]: { kind: P; object: StripeObjects[P] } }[K];

type Tables = { [K in ObjectKind]: Map<string, StripeObjects[K]> };

/** Objects by kind and id, in the order in which they were first put. Objects are never changed in place, only replaced. */
export class ObjectTables {
  private readonly tables: Tables = {
    payment_intent: new Map(),
    payment_method: new Map(),
    charge: new Map(),
    refund: new Map(),
    balance_transaction: new Map(),
    event: new Map(),
  };

  find<K extends ObjectKind>(kind: K, id: string): StripeObjects[K] | undefined {
    return this.tables[kind].get(id);
  }

  all<K extends ObjectKind>(kind: K): IterableIterator<StripeObjects[K]> {
    return this.tables[kind].values();
  }

  put<K extends ObjectKind>(change: Change<K>): void {
    const { kind, object }: { kind: K; object: StripeObjects[K] } = change;
    this.tables[kind].set(object.id, object);
  }

  remove(kind: ObjectKind, id: string): void {
    this.tables[kind].delete(id);
  }

  /** Every object as the change that would put it there. */
  *changes(): Generator<Change> {
    for (const object of this.all('payment_method')) yield { kind: 'payment_method', object };
    for (const object of this.all('payment_intent')) yield { kind: 'payment_intent', object };
    for (const object of this.all('charge')) yield { kind: 'charge', object };
    for (const object of this.all('refund')) yield { kind: 'refund', object };
    for (const object of this.all('balance_transaction')) yield { kind: 'balance_transaction', object };
    for (const object of this.all('event')) yield { kind: 'event', object };
  }
}
