import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { DomainEvent } from '@daraa/kernel';
import type { Connection } from 'mongoose';
import { scrub } from '../observability/redaction.js';

/** An event that one handler could not handle; it waits for a person (`daraa outbox list` and `replay`). */
export interface ParkedEvent {
  readonly _id: string;
  readonly handler: string;
  readonly event: DomainEvent;
  readonly error: string;
  readonly attempts: number;
  readonly parkedAt: Date;
}

/** The collection `parked_events`: `_id` is event and handler, so that parking twice is parking once. */
@Injectable()
export class ParkedEvents {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async park(event: DomainEvent, handler: string, error: unknown, attempts: number): Promise<void> {
    const _id = `${event.eventId}:${handler}`;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await this.events().updateOne(
      { _id },
      { $setOnInsert: { handler, event, parkedAt: new Date() }, $set: { error: scrub(reason).slice(0, 4000) }, $inc: { attempts } },
      { upsert: true },
    );
  }

  /** The parked events, oldest first; at most `limit`. */
  async list(limit = 100): Promise<ParkedEvent[]> {
    return this.events().find().sort({ _id: 1 }).limit(limit).toArray();
  }

  /** All parked events, oldest first, one by one. */
  all(): AsyncIterable<ParkedEvent> {
    return this.events().find().sort({ _id: 1 });
  }

  async find(id: string): Promise<ParkedEvent | undefined> {
    return (await this.events().findOne({ _id: id })) ?? undefined;
  }

  /** True when a handler of this event has given it up. */
  async isParked(eventId: string): Promise<boolean> {
    return (await this.events().findOne({ _id: { $gte: `${eventId}:`, $lt: `${eventId};` } }, { projection: { _id: 1 } })) !== null;
  }

  async count(): Promise<number> {
    return this.events().countDocuments();
  }

  async remove(id: string): Promise<void> {
    await this.events().deleteOne({ _id: id });
  }

  private events() {
    return this.connection.collection<ParkedEvent>('parked_events');
  }
}
