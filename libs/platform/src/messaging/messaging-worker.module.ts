import { Injectable, Module } from '@nestjs/common';
import { Sweep } from '../jobs/sweep.js';
import { OutboxRelay } from './outbox-relay.js';

const EVERY_MS = 2000;

/** Runs the relay in one worker at a time. */
@Injectable()
export class RelayOutboxes {
  constructor(private readonly relay: OutboxRelay) {}

  @Sweep({ name: 'outbox-relay', everyMs: EVERY_MS })
  async run(): Promise<void> {
    await this.relay.run();
  }
}

/** What the worker does for events: delivers those that a crashed process left behind. */
@Module({ providers: [RelayOutboxes] })
export class MessagingWorkerModule {}
