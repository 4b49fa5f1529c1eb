import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Violation } from '@daraa/kernel';
import { CLOCK } from '../config/clock.js';
import { OutboxRelay } from '../messaging/outbox-relay.js';
import { ParkedEvents } from '../messaging/parked-events.js';
import { Verifies } from './verifies.js';

/** An event that waits longer than this waits for a person: the relay has tried for minutes. */
export const OVERDUE_EVENT_MS = 300_000;

const RULE = 8;
const LONGEST_REASON = 200;

/** Rule 8 of `daraa verify`: every event reaches its handlers. */
@Injectable()
export class VerifyOutboxes {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly parked: ParkedEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Verifies({ rule: RULE, name: 'no event waits in an outbox' })
  async *overdue(): AsyncGenerator<Violation> {
    const before = new Date(this.clock.now().getTime() - OVERDUE_EVENT_MS);
    for await (const { collection, event } of this.relay.waitingSince(before)) {
      const { aggregateId, eventId, type, occurredAt } = event;
      const found = `${type} ${eventId} waits since ${occurredAt.toISOString()}`;
      yield { rule: RULE, document: `${collection}/${aggregateId}`, expected: 'events dispatched within 5 minutes', found };
    }
  }

  @Verifies({ rule: RULE, name: 'no event is parked' })
  async *parkedEvents(): AsyncGenerator<Violation> {
    for await (const { _id, event, attempts, error } of this.parked.all()) {
      const reason = error.split('\n', 1)[0]?.slice(0, LONGEST_REASON) ?? '';
      const found = `${event.type} of ${event.aggregateId} failed ${attempts} times: ${reason}`;
      yield { rule: RULE, document: `parked_events/${_id}`, expected: 'no parked event', found };
    }
  }
}
