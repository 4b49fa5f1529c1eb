import type Stripe from 'stripe';
import type { Faults } from '../faults.js';
import { matchesType } from '../resources/events.js';
import { signatureHeader } from './signature.js';

/** What the platform's endpoint is told unless it asks for something else. */
export const defaultEnabledEvents: readonly string[] = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.amount_capturable_updated',
  'charge.refunded',
  'charge.dispute.*',
  'transfer.*',
  'payout.*',
  'account.updated',
];

/** Ten tries in about two minutes, in milliseconds between them. */
export const defaultRetryDelays: readonly number[] = [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000];

const answerTimeout = 10_000;
const mostAtOnce = 20;
/** With `shuffle`, each event waits up to this many milliseconds of its own. */
const shuffleSpread = 250;

export interface WebhookSenderOptions {
  /** Where events go; none are sent without it. */
  url?: string;
  secret: string;
  /** Types, with `*` at the end for a family. */
  enabledEvents: readonly string[];
  /** Milliseconds before the second, third … try. */
  retryDelays: readonly number[];
  faults: Faults;
  onDelivered: (eventId: string) => void;
  log: (line: string) => void;
}

interface Delivery {
  event: Stripe.EventBase;
  /** Tries that have failed. */
  failures: number;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, order: Math.random() })).sort((a, b) => a.order - b.order).map(({ item }) => item);
}

/** Sends signed events to one endpoint, again and again until it answers 2xx. In no particular order, as Stripe does. */
export class WebhookSender {
  private readonly held: Delivery[] = [];
  private readonly ready: Delivery[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly closing = new AbortController();
  private underWay = 0;

  constructor(private readonly options: WebhookSenderOptions) {
    options.faults.onRelease(() => this.release());
  }

  /** Whether the endpoint is told of events of this type. */
  wants(type: string): boolean {
    return this.options.url !== undefined && this.options.enabledEvents.some((pattern) => matchesType(pattern, type));
  }

  /** Sends an event, as the faults in force say. */
  send(event: Stripe.EventBase): void {
    const { duplicate = 0, drop, hold } = this.options.faults.webhooks;
    if (this.options.url === undefined || drop === true) return;
    for (let copy = 0; copy <= duplicate; copy += 1) {
      const delivery = { event, failures: 0 };
      if (hold === true) this.held.push(delivery);
      else this.schedule(delivery, this.firstDelay());
    }
  }

  /** Stops sending; what was not delivered is left to the next start. */
  close(): void {
    this.closing.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.held.length = 0;
    this.ready.length = 0;
  }

  private release(): void {
    const deliveries = this.held.splice(0);
    const ordered = this.options.faults.webhooks.shuffle === true ? shuffled(deliveries) : deliveries;
    for (const delivery of ordered) this.schedule(delivery, 0);
  }

  private firstDelay(): number {
    const { delayMs = 0, shuffle } = this.options.faults.webhooks;
    return delayMs + (shuffle === true ? Math.random() * shuffleSpread : 0);
  }

  private schedule(delivery: Delivery, milliseconds: number): void {
    if (this.closing.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.ready.push(delivery);
      this.sendReady();
    }, milliseconds);
    timer.unref();
    this.timers.add(timer);
  }

  private sendReady(): void {
    while (this.underWay < mostAtOnce) {
      const delivery = this.ready.shift();
      if (delivery === undefined) return;
      this.underWay += 1;
      void this.attempt(delivery).finally(() => {
        this.underWay -= 1;
        this.sendReady();
      });
    }
  }

  private async attempt(delivery: Delivery): Promise<void> {
    if (await this.isAccepted(delivery.event)) {
      if (!this.closing.signal.aborted) this.options.onDelivered(delivery.event.id);
      return;
    }
    const { retryDelays, url, log } = this.options;
    const { event, failures } = delivery;
    const delay = retryDelays[failures];
    if (this.closing.signal.aborted) return;
    if (delay !== undefined) this.schedule({ event, failures: failures + 1 }, delay);
    else log(`Webhook ${event.id} (${event.type}) was not accepted by ${url}; the next start sends it again.`);
  }

  private async isAccepted(event: Stripe.EventBase): Promise<boolean> {
    const { url, secret } = this.options;
    if (url === undefined) return false;
    const payload = JSON.stringify(event);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureHeader(payload, secret, Date.now()),
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(answerTimeout)]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      // No connection or no answer in time is the same to Stripe as a refusal: it tries again.
      return false;
    }
  }
}
