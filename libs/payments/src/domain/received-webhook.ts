import { Aggregate, defineEvent } from '@daraa/kernel';

/** What a provider's message is about; ids only. */
export interface WebhookSubject {
  readonly type: string;
  /** The object that the message is about, for example `pi_…`. */
  readonly objectId: string;
  /** Our payment, where the provider's object names it. */
  readonly paymentId?: string;
}

/** A signed message of the provider is stored and waits to be handled. */
export const WebhookReceived = defineEvent<WebhookSubject & { readonly webhookId: string }>('payments.WebhookReceived');

export interface ReceivedWebhookState extends WebhookSubject {
  readonly receivedAt: Date;
}

/**
 * A message of the provider, stored under the provider's own id, so that its repeats are known. It is handled by way of its
 * outbox, like every event: after the answer, relayed after a crash, parked when nothing helps.
 */
export class ReceivedWebhook extends Aggregate<ReceivedWebhookState> {
  static of(id: string, subject: WebhookSubject, receivedAt: Date): ReceivedWebhook {
    const webhook = new ReceivedWebhook({ id, version: 0, state: { ...subject, receivedAt } });
    webhook.record(WebhookReceived, { webhookId: id, ...subject });
    return webhook;
  }
}
