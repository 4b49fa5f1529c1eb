import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { DomainEvent } from '@daraa/kernel';
import { runInContext } from '../observability/execution-context.js';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { Acknowledger } from './acknowledger.js';
import type { Delivery } from './delivery.js';
import { handlingOf } from './directly-handled.js';
import { ParkedEvents } from './parked-events.js';
import { Subscriptions } from './subscriptions.js';

/** An event to be dispatched and the collection of the document whose outbox holds it. */
export interface Dispatch {
  readonly collection: string;
  readonly event: DomainEvent;
  /** Handlings that the command has done by itself (see markHandledDirectly). */
  readonly skipped?: ReadonlySet<string>;
}

/** Pauses before the second to the fifth attempt of a handler, in milliseconds. */
const BACK_OFF_MS = [50, 250, 1000, 3000];
const LONGEST_DRAIN_MS = 8000;

/**
 * Delivers events to their handlers through Nest's event emitter and acknowledges them when every handler is done. A handler
 * that fails five times has the event parked; the others are not held up by it.
 */
@Injectable()
export class Dispatcher implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly running = new Map<string, Promise<void>>();
  private readonly pauses = new Set<() => void>();
  private readonly outcomes;
  private stopping = false;

  constructor(
    private readonly emitter: EventEmitter2,
    private readonly subscriptions: Subscriptions,
    private readonly acknowledger: Acknowledger,
    private readonly parked: ParkedEvents,
    metrics: MetricsRegistry,
  ) {
    this.outcomes = metrics.counter({
      name: 'domain_events_total',
      help: 'Attempts of event handlers by outcome.',
      labelNames: ['type', 'outcome'],
    });
  }

  /** Delivers an event unless this process is at it already. Never rejects; what fails stays in the outbox for the relay. */
  dispatch(dispatch: Dispatch): Promise<void> {
    const { eventId } = dispatch.event;
    const present = this.running.get(eventId);
    if (present) return present;
    const work = this.deliver(dispatch)
      .catch((error: unknown) => this.logger.error(`Event ${dispatch.event.type} ${eventId} is left to the relay: ${String(error)}`))
      .finally(() => this.running.delete(eventId));
    this.running.set(eventId, work);
    return work;
  }

  /** Delivers a parked event to its one handler again. Rejects when the handler still fails. */
  async replay(parkedId: string): Promise<void> {
    const entry = await this.parked.find(parkedId);
    if (!entry) throw new Error(`There is no parked event ${parkedId}.`);
    await this.emit(entry.event, async (handler, work) => {
      if (handler === entry.handler) await work();
    });
    await this.parked.remove(parkedId);
  }

  /** Resolves when no delivery is under way, nor about to begin. */
  async idle(): Promise<void> {
    do {
      await Promise.all(this.running.values());
      // What was written outside a request, or by the last handler, is dispatched in the next turn of the event loop.
      await nextTurn();
    } while (this.running.size > 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const wake of this.pauses) wake();
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_DRAIN_MS).unref());
    await Promise.race([this.idle(), timeout]);
    await this.acknowledger.flush();
  }

  private async deliver({ collection, event, skipped }: Dispatch): Promise<void> {
    // Attached handlers are missing only while the process stops; the relay of another process delivers then.
    if (this.subscriptions.has(event.type) && !this.subscriptions.areAttached(event.type)) return;
    await this.emit(event, async (handler, work) => {
      if (skipped?.has(handlingOf(handler, event.aggregateId))) return;
      await this.attempt(event, handler, work);
    });
    this.acknowledger.acknowledge(collection, event.aggregateId, event.eventId);
  }

  private async emit(event: DomainEvent, run: Delivery['run']): Promise<void> {
    const delivery: Delivery = { event, run };
    await runInContext({ correlationId: event.correlationId, actor: event.actor }, () => this.emitter.emitAsync(event.type, delivery));
  }

  private async attempt(event: DomainEvent, handler: string, work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await work();
        this.outcomes.inc({ type: event.type, outcome: 'handled' });
        return;
      } catch (error) {
        this.outcomes.inc({ type: event.type, outcome: 'failed' });
        const pause = BACK_OFF_MS[attempt];
        if (this.stopping) throw error;
        if (pause === undefined) {
          await this.parked.park(event, handler, error, attempt + 1);
          this.outcomes.inc({ type: event.type, outcome: 'parked' });
          this.logger.error(`Parked event ${event.type} ${event.eventId} for ${handler}: ${String(error)}`);
          return;
        }
        this.logger.warn(`Handler ${handler} failed on ${event.type} ${event.eventId}, attempt ${attempt + 1}: ${String(error)}`);
        await this.pause(pause);
      }
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.pauses.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.pauses.add(wake);
    });
  }
}
