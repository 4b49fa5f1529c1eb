import type { StripeStore } from './state/store.js';

/** What became of the requests that carried one idempotency key, since the emulator started. */
export interface KeyCount {
  requests: number;
  /** How often the work was really done: more than once would be a double charge. */
  executed: number;
  replayed: number;
  /** Answered 409, as another request with the key was still running. */
  inUse: number;
}

export interface Counters {
  intents: number;
  canceled: number;
  /** Charges that are paid, held or captured. */
  charges: number;
  declines: number;
  captures: number;
  /** Refunds of captured money; the release of a hold is none. */
  refunds: number;
  /** Minor units, over all currencies. */
  amountCaptured: number;
  amountRefunded: number;
  byIdempotencyKey: Record<string, KeyCount>;
}

/** Counts what tests ask about. The totals are read off the stored objects, so they survive a restart. */
export class RequestCounters {
  private readonly keys = new Map<string, KeyCount>();

  constructor(private readonly store: StripeStore) {}

  count(key: string | undefined, outcome: keyof KeyCount): void {
    if (key === undefined) return;
    const counts = this.keys.get(key) ?? { requests: 0, executed: 0, replayed: 0, inUse: 0 };
    counts[outcome] += 1;
    this.keys.set(key, counts);
  }

  read(): Counters {
    const intents = [...this.store.all('payment_intent')];
    const charges = [...this.store.all('charge')];
    const captured = charges.filter((charge) => charge.captured);
    const refunds = [...this.store.all('refund')].filter((refund) => refund.balance_transaction !== null);
    return {
      intents: intents.length,
      canceled: intents.filter((intent) => intent.status === 'canceled').length,
      charges: charges.filter((charge) => charge.paid).length,
      declines: charges.filter((charge) => !charge.paid).length,
      captures: captured.length,
      refunds: refunds.length,
      amountCaptured: captured.reduce((sum, charge) => sum + charge.amount_captured, 0),
      amountRefunded: refunds.reduce((sum, refund) => sum + refund.amount, 0),
      byIdempotencyKey: Object.fromEntries(this.keys),
    };
  }
}
