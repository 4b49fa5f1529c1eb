import { Faults } from './faults.js';
import { isUnsettled, settleCharge } from './resources/charges.js';
import { newId } from './state/ids.js';
import type { KeptAnswer } from './state/journal.js';
import { StripeStore, Transaction } from './state/store.js';
import { WebhookSender, defaultEnabledEvents, defaultRetryDelays } from './webhooks/webhook-sender.js';

/** The API version that SDK 23 speaks; events carry it. */
export const apiVersion = '2026-10-28.endive';

/** With asynchronous capture, how long a charge is without its balance transaction. */
const settlementDelay = 250;

export interface StripeEmulatorOptions {
  /** Where events are sent; it need not be up yet. None are sent without it. */
  webhookUrl?: string;
  /** Signs the events; what the endpoint verifies them with. */
  webhookSecret: string;
  /** Event types that the endpoint wants, `*` at the end for a family; by default those that the payments context handles. */
  enabledEvents?: readonly string[];
  /** Milliseconds between the tries of one event; after the last one it is given up until the next start. */
  webhookRetryDelays?: readonly number[];
  /** Where state is kept over a restart; in memory alone without it. */
  dataFile?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Where a browser reaches the emulator, for the links in `next_action`; by default `/stripe` on the host that the request named. */
  publicUrl?: string;
  /** Told in one line of events that were given up and of errors of the emulator itself; by default standard error. */
  log?: (line: string) => void;
}

/** What the emulator is made of: its memory, and what happens after each commit. */
export class StripeRuntime {
  readonly faults = new Faults();
  readonly store: StripeStore;
  readonly webhooks: WebhookSender;
  readonly now: () => number;
  readonly log: (line: string) => void;
  private readonly settlements = new Set<NodeJS.Timeout>();
  private isClosed = false;

  constructor(options: StripeEmulatorOptions) {
    this.now = options.now ?? Date.now;
    this.log = options.log ?? ((line) => process.stderr.write(`${line}\n`));
    this.store = new StripeStore(this.now, options.dataFile);
    this.webhooks = new WebhookSender({
      url: options.webhookUrl,
      secret: options.webhookSecret,
      enabledEvents: options.enabledEvents ?? defaultEnabledEvents,
      retryDelays: options.webhookRetryDelays ?? defaultRetryDelays,
      faults: this.faults,
      onDelivered: (delivered) => this.store.commit({ delivered }),
      log: this.log,
    });
    this.resume();
  }

  begin(requestId: string | null = null, idempotencyKey: string | null = null): Transaction {
    return new Transaction(this.store, {
      now: Math.floor(this.now() / 1000),
      requestId,
      idempotencyKey,
      apiVersion,
      isDelivered: (type) => this.webhooks.wants(type),
      newEventId: () => newId('evt'),
    });
  }

  /** Keeps what the transaction wrote, together with the answer to its idempotency key, then sends its events. */
  commit(tx: Transaction, answer?: KeptAnswer): void {
    const { changes } = tx;
    if (changes.length > 0 || answer !== undefined) this.store.commit({ changes, answer });
    for (const event of tx.events) if (event.pending_webhooks > 0) this.webhooks.send(event);
    for (const change of changes) if (change.kind === 'charge' && isUnsettled(change.object)) this.settleLater(change.object.id);
  }

  close(): void {
    this.isClosed = true;
    this.webhooks.close();
    for (const timer of this.settlements) clearTimeout(timer);
    this.store.close();
  }

  /** Goes on with what the last run left: events that nobody accepted, charges without their balance transaction. */
  private resume(): void {
    for (const event of this.store.all('event')) if (event.pending_webhooks > 0) this.webhooks.send(event);
    for (const charge of this.store.all('charge')) if (isUnsettled(charge)) this.settleLater(charge.id);
  }

  private settleLater(chargeId: string): void {
    const timer = setTimeout(() => {
      this.settlements.delete(timer);
      const charge = this.store.find('charge', chargeId);
      if (this.isClosed || charge === undefined || !isUnsettled(charge)) return;
      const tx = this.begin();
      settleCharge(tx, charge);
      this.commit(tx);
    }, settlementDelay);
    timer.unref();
    this.settlements.add(timer);
  }
}
