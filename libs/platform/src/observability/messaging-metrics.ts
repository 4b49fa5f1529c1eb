import { Injectable, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { OutboxRelay } from '../messaging/outbox-relay.js';
import { ParkedEvents } from '../messaging/parked-events.js';
import { MetricsRegistry } from './metrics-registry.js';

/** What the worker tells about events when its metrics are read: what waits for too long, and what nobody could handle. */
@Injectable()
class MessagingMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly relay: OutboxRelay,
    private readonly parked: ParkedEvents,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge({
      name: 'outbox_oldest_seconds',
      help: 'Age of the oldest event that is not acknowledged; 0 when none waits.',
      collect: async (gauge) => {
        const oldest = await this.relay.oldest();
        gauge.set(oldest ? Math.max(0, (Date.now() - oldest.getTime()) / 1000) : 0);
      },
    });
    this.metrics.gauge({
      name: 'parked_events_total',
      help: 'Events that a handler failed on in all attempts and that wait for a person.',
      collect: async (gauge) => gauge.set(await this.parked.count()),
    });
  }
}

/** Metrics of outboxes and parked events; imported by the worker alone, because they concern the whole platform. */
@Module({ providers: [MessagingMetrics] })
export class MessagingMetricsModule {}
