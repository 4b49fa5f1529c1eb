import type { INestApplicationContext } from '@nestjs/common';
import { Dispatcher, OutboxRelay, OVERDUE_EVENT_MS, ParkedEvents } from '@daraa/platform';
import type { ParkedEvent, WaitingEvent } from '@daraa/platform';
import { CommandFailed } from '../command-failed.js';

/** An event that needs a person: parked by one handler, or waiting in its outbox for more than five minutes. */
type StuckEvent = { readonly id: string; readonly parked: ParkedEvent } | { readonly id: string; readonly waiting: WaitingEvent };

type Print = (line: string) => void;

/** Prints a line for each stuck event, and one that sums them up. */
export async function listStuckEvents(marketplace: INestApplicationContext, print: Print): Promise<void> {
  let count = 0;
  for await (const event of stuckEvents(marketplace)) {
    print(describe(event));
    count += 1;
  }
  print(count === 0 ? 'No event is parked, none waits.' : `${count} stuck. daraa outbox replay <id> delivers one again.`);
}

/**
 * Delivers the stuck event with this id again, or all where no id is given. True when every one was handled. Throws CommandFailed
 * where no stuck event has this id.
 */
export async function replayStuckEvents(marketplace: INestApplicationContext, id: string | undefined, print: Print): Promise<boolean> {
  let delivered = 0;
  let failed = 0;
  for await (const stuck of stuckEvents(marketplace)) {
    if (id !== undefined && stuck.id !== id) continue;
    const failure = await deliver(marketplace, stuck);
    if (failure === undefined) delivered += 1;
    else failed += 1;
    if (failure !== undefined) print(`${stuck.id} failed again: ${failure}`);
  }
  if (id !== undefined && delivered + failed === 0) {
    throw new CommandFailed(`No event ${id} is parked or waits for more than five minutes.`);
  }
  print(`${delivered} delivered, ${failed} failed again.`);
  return failed === 0;
}

async function* stuckEvents(marketplace: INestApplicationContext): AsyncGenerator<StuckEvent> {
  for await (const parked of marketplace.get(ParkedEvents).all()) yield { id: parked._id, parked };
  const overdue = new Date(Date.now() - OVERDUE_EVENT_MS);
  for await (const waiting of marketplace.get(OutboxRelay).waitingSince(overdue)) yield { id: waiting.event.eventId, waiting };
}

function describe(stuck: StuckEvent): string {
  if ('waiting' in stuck) {
    const { collection, event } = stuck.waiting;
    return `waits   ${stuck.id}  ${event.type}  ${collection}/${event.aggregateId}  since ${event.occurredAt.toISOString()}`;
  }
  const { event, attempts, error } = stuck.parked;
  return `parked  ${stuck.id}  ${event.type}  ${event.aggregateId}  ${attempts} attempts: ${error.split('\n', 1)[0] ?? ''}`;
}

/** Why a handler failed again; undefined when every handler that the event was for is done now. */
async function deliver(marketplace: INestApplicationContext, stuck: StuckEvent): Promise<string | undefined> {
  const dispatcher = marketplace.get(Dispatcher);
  if ('waiting' in stuck) {
    await dispatcher.dispatch(stuck.waiting);
    return (await marketplace.get(ParkedEvents).isParked(stuck.id)) ? 'it is parked now' : undefined;
  }
  try {
    await dispatcher.replay(stuck.id);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
