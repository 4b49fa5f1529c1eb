import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { ObservabilityModule } from '../observability/observability.module.js';
import { Acknowledger } from './acknowledger.js';
import { Dispatcher } from './dispatcher.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';
import { ParkedEvents } from './parked-events.js';
import { Subscriptions } from './subscriptions.js';

/** Events between contexts: sealed into documents, dispatched after the reply, relayed after a crash, parked when nothing helps. */
@Global()
@Module({
  imports: [ObservabilityModule, EventEmitterModule.forRoot({ maxListeners: 200 })],
  providers: [Acknowledger, Dispatcher, Outbox, OutboxRelay, ParkedEvents, Subscriptions],
  exports: [Acknowledger, Dispatcher, Outbox, OutboxRelay, ParkedEvents],
})
export class MessagingModule {}
