export * from './acknowledger.js';
export * from './directly-handled.js';
export * from './dispatcher.js';
export * from './messaging.module.js';
export * from './on-domain-event.js';
export * from './outbox.js';
export * from './outbox-relay.js';
export * from './parked-events.js';
