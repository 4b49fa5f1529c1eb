import type Stripe from 'stripe';
import { Journal, type JournalEntry, type KeptAnswer } from './journal.js';
import { ObjectTables, type Change, type ObjectKind, type StripeObjects } from './objects.js';

const day = 24 * 60 * 60 * 1000;
/** Stripe forgets an idempotency key after 24 hours and an event after 30 days. */
const keyLifetime = day;
const eventLifetime = 30 * day;

/** The emulator's memory, mirrored to `dataFile` where one is given. Every write is one `commit`. */
export class StripeStore {
  private readonly objects = new ObjectTables();
  private readonly answers = new Map<string, KeptAnswer>();
  private readonly journal: Journal | undefined;

  constructor(
    private readonly now: () => number,
    dataFile?: string,
  ) {
    if (dataFile === undefined) return;
    this.journal = new Journal(dataFile);
    for (const entry of this.journal.read()) this.apply(entry);
    this.forgetWhatIsOld();
    this.journal.rewrite(this.entries());
  }

  find<K extends ObjectKind>(kind: K, id: string): StripeObjects[K] | undefined {
    return this.objects.find(kind, id);
  }

  /** Oldest first. */
  all<K extends ObjectKind>(kind: K): IterableIterator<StripeObjects[K]> {
    return this.objects.all(kind);
  }

  /** The answer kept for an idempotency key, unless it is older than 24 hours. */
  answerOf(key: string): KeptAnswer | undefined {
    const answer = this.answers.get(key);
    return answer !== undefined && this.now() - answer.at < keyLifetime ? answer : undefined;
  }

  /** Writes the entry to disk, then to memory. When it throws, nothing has happened. */
  commit(entry: JournalEntry): void {
    this.journal?.append(entry);
    this.apply(entry);
  }

  close(): void {
    this.journal?.close();
  }

  private apply({ changes = [], answer, delivered }: JournalEntry): void {
    for (const change of changes) this.objects.put(change);
    if (answer !== undefined) this.answers.set(answer.key, answer);
    if (delivered !== undefined) this.markDelivered(delivered);
  }

  private markDelivered(id: string): void {
    const event = this.find('event', id);
    if (event !== undefined) this.objects.put({ kind: 'event', object: { ...event, pending_webhooks: 0 } });
  }

  private forgetWhatIsOld(): void {
    for (const [key, answer] of this.answers) if (this.now() - answer.at >= keyLifetime) this.answers.delete(key);
    for (const event of this.all('event')) {
      if (this.now() - event.created * 1000 >= eventLifetime) this.objects.remove('event', event.id);
    }
  }

  private *entries(): Generator<JournalEntry> {
    for (const change of this.objects.changes()) yield { changes: [change] };
    for (const answer of this.answers.values()) yield { answer };
  }
}

/** What the events of a transaction say about where they came from. */
export interface TransactionOrigin {
  /** Seconds since 1970. */
  now: number;
  requestId: string | null;
  idempotencyKey: string | null;
  apiVersion: string;
  /** Whether the webhook endpoint wants events of this type. */
  isDelivered: (type: Stripe.EventBase['type']) => boolean;
  newEventId: () => string;
}

/** The writes of one request. It reads its own writes; nobody else sees them before they are committed together. */
export class Transaction {
  private readonly staged = new ObjectTables();
  readonly events: Stripe.EventBase[] = [];

  constructor(
    private readonly store: StripeStore,
    private readonly origin: TransactionOrigin,
  ) {}

  /** Seconds since 1970. */
  get now(): number {
    return this.origin.now;
  }

  find<K extends ObjectKind>(kind: K, id: string): StripeObjects[K] | undefined {
    return this.staged.find(kind, id) ?? this.store.find(kind, id);
  }

  /** Everything committed before this transaction, oldest first. */
  committed<K extends ObjectKind>(kind: K): IterableIterator<StripeObjects[K]> {
    return this.store.all(kind);
  }

  put<K extends ObjectKind>(kind: K, object: StripeObjects[K]): StripeObjects[K] {
    // TypeScript does not see that a kind and an object of that kind make a change of that kind.
    this.staged.put({ kind, object } as Change<K>);
    return object;
  }

  /** Records an event that carries the object as it is now. */
  emit(type: Stripe.EventBase['type'], object: Stripe.Event.Data.Object): Stripe.EventBase {
    const { origin } = this;
    const event = this.put('event', {
      id: origin.newEventId(),
      object: 'event',
      api_version: origin.apiVersion,
      created: origin.now,
      data: { object },
      livemode: false,
      pending_webhooks: origin.isDelivered(type) ? 1 : 0,
      request: { id: origin.requestId, idempotency_key: origin.idempotencyKey },
      type,
    });
    this.events.push(event);
    return event;
  }

  get changes(): Change[] {
    return [...this.staged.changes()];
  }
}
