import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { DomainEvent } from '@daraa/kernel';
import type { Connection } from 'mongoose';
import { Dispatcher } from './dispatcher.js';
import { Outbox } from './outbox.js';

/** Younger events are left to the process that wrote them. */
export const RELAY_AGE_MS = 5000;
const DOCUMENTS_A_ROUND = 200;

/** An event in an outbox, and the collection of the document that it rides in. */
export interface WaitingEvent {
  readonly collection: string;
  readonly event: DomainEvent;
}

/**
 * The safety net under the dispatch after the reply: finds events that a crashed process left in outboxes and delivers them.
 * The worker runs it under a lease, one at a time in the whole platform.
 */
@Injectable()
export class OutboxRelay {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly outbox: Outbox,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Delivers everything older than `ageMs`; returns how many events that were. */
  async run(ageMs = RELAY_AGE_MS): Promise<number> {
    const before = new Date(Date.now() - ageMs);
    const counts = await Promise.all(this.outbox.watchedCollections().map((collection) => this.relay(collection, before)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The moment of the oldest event that still waits, over all collections; undefined when none does. */
  async oldest(): Promise<Date | undefined> {
    const times = await Promise.all(
      this.outbox.watchedCollections().map(async (collection) => {
        const found = await this.waiting(collection, new Date()).sort({ 'outbox.occurredAt': 1 }).limit(1).next();
        return found?.outbox[0]?.occurredAt;
      }),
    );
    return times.filter((time) => time !== undefined).sort((a, b) => a.getTime() - b.getTime())[0];
  }

  /** The events that were written before that moment and still wait in an outbox, collection by collection. */
  async *waitingSince(before: Date): AsyncGenerator<WaitingEvent> {
    for (const collection of this.outbox.watchedCollections()) {
      for await (const document of this.waiting(collection, before)) {
        for (const event of document.outbox) if (event.occurredAt < before) yield { collection, event };
      }
    }
  }

  private async relay(collection: string, before: Date): Promise<number> {
    const documents = await this.waiting(collection, before).limit(DOCUMENTS_A_ROUND).toArray();
    const events = documents.flatMap((document) => document.outbox.filter((event) => event.occurredAt < before));
    await Promise.all(events.map((event) => this.dispatcher.dispatch({ collection, event })));
    return events.length;
  }

  private waiting(collection: string, before: Date) {
    return this.connection
      .collection<{ _id: string; outbox: DomainEvent[] }>(collection)
      .find({ 'outbox.0': { $exists: true }, 'outbox.occurredAt': { $lt: before } }, { projection: { outbox: 1 } });
  }
}
