export type { Counters, KeyCount } from './counters.js';
export { createStripeEmulator, type StripeEmulator } from './emulator.js';
export { Faults, type FaultSwitches, type RequestFault, type WebhookFaults } from './faults.js';
export { apiVersion, type StripeEmulatorOptions } from './runtime.js';
export { stripeSdkOptions } from './sdk-options.js';
export { startStripeEmulator, type StripeServer, type StripeServerOptions } from './server.js';
export { testCards, type CardBehaviour, type TestCard } from './resources/test-cards.js';
export { defaultEnabledEvents, defaultRetryDelays } from './webhooks/webhook-sender.js';
