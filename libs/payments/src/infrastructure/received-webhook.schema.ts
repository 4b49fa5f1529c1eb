import { aggregateSchema } from '@daraa/platform';

/** The collection `webhook_events`; read by id alone. */
export const receivedWebhookSchema = aggregateSchema('webhook_events');
