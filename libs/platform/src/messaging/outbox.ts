import { Injectable } from '@nestjs/common';
import { randomIds } from '@daraa/kernel';
import type { DomainEvent, EventDefinition, RecordedEvent } from '@daraa/kernel';
import { afterReply, currentContext } from '../observability/execution-context.js';
import { directlyHandled } from './directly-handled.js';
import { Dispatcher } from './dispatcher.js';
import { Subscriptions } from './subscriptions.js';

/**
 * Turns what an aggregate noted into events that ride in its own document, and has them dispatched once the reply is sent.
 * What is lost in between (a crash) the relay finds in the documents.
 */
@Injectable()
export class Outbox {
  private readonly collections = new Set<string>();

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Makes the relay look after the outboxes of this collection. */
  watch(collection: string): void {
    this.collections.add(collection);
  }

  watchedCollections(): readonly string[] {
    return [...this.collections];
  }

  /** Completes recorded events with id, time, actor and correlation. Events that nobody subscribes to are left out. */
  seal(recorded: readonly RecordedEvent[], aggregateId: string, aggregateVersion: number): DomainEvent[] {
    const wanted = recorded.filter((event) => this.subscriptions.has(event.type));
    if (wanted.length === 0) return [];
    const { correlationId, actor } = currentContext();
    const occurredAt = new Date();
    return wanted.map((event) => ({
      eventId: randomIds.next('evt'),
      type: event.type,
      schema: event.schema,
      aggregateId,
      aggregateVersion,
      occurredAt,
      correlationId,
      actor,
      payload: event.payload,
    }));
  }

  /** One event for a hot document, whose atomic update pushes it; its version is unknown, so handlers read the document. */
  sealOne<Payload extends object>(definition: EventDefinition<Payload>, aggregateId: string, payload: Payload): DomainEvent[] {
    return this.seal([{ type: definition.type, schema: definition.schema, payload }], aggregateId, 0);
  }

  /** Dispatches written events after the reply, or soon outside a request. */
  dispatchAfterReply(collection: string, events: readonly DomainEvent[]): void {
    if (events.length === 0) return;
    const skipped = directlyHandled();
    afterReply(() => {
      for (const event of events) void this.dispatcher.dispatch({ collection, event, skipped });
    });
  }
}
