/** Who caused something: a person, a store's staff member, or the system itself. Never personal data. */
export interface Actor {
  readonly type: 'account' | 'guest' | 'system';
  readonly id: string;
}

export const SYSTEM: Actor = { type: 'system', id: 'system' };

/** The name and version of a kind of event, with the type of what it carries. */
export interface EventDefinition<Payload extends object> {
  readonly type: string;
  readonly schema: number;
  /** Only here for the compiler: an event of this kind carries a Payload. */
  readonly payload?: Payload;
}

/**
 * Declares a kind of event: `export const OrderPaid = defineEvent<{ orderId: string }>('orders.OrderPaid')`.
 * A changed payload gets a new `schema` number, and handlers read both until no old event is left.
 */
export function defineEvent<Payload extends object>(type: string, schema = 1): EventDefinition<Payload> {
  return { type, schema };
}

/** What an aggregate noted while it changed; it becomes a DomainEvent when it is written. */
export interface RecordedEvent {
  readonly type: string;
  readonly schema: number;
  readonly payload: object;
}

/** A fact as it rides in the outbox and reaches handlers: ids and amounts, never personal data or live objects. */
export interface DomainEvent<Payload extends object = object> {
  readonly eventId: string;
  readonly type: string;
  readonly schema: number;
  readonly aggregateId: string;
  /** The version of the aggregate after the write; a projection writes only where its own is older. */
  readonly aggregateVersion: number;
  readonly occurredAt: Date;
  readonly correlationId: string;
  readonly actor: Actor;
  readonly payload: Payload;
}
