import { Injectable, Logger } from '@nestjs/common';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Payment } from '../domain/payment.js';
import { WebhookReceived } from '../domain/received-webhook.js';
import { ChargeAttempts } from './charge-attempts.js';

const CAPTURED = 'payment_intent.succeeded';

/** Messages after which a payment may stand otherwise. They come in any order, so the provider is asked how it stands now. */
const STATE_CHANGES: ReadonlySet<string> = new Set([
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
]);

/** Acts on the provider's messages, each as often as it comes: what a payment knows already changes nothing. */
@Injectable()
export class HandleWebhook {
  private readonly logger = new Logger(HandleWebhook.name);

  constructor(
    @InjectStore(Payment) private readonly payments: AggregateStore<Payment>,
    private readonly attempts: ChargeAttempts,
  ) {}

  /** Throws where money was taken that no payment accounts for: the message is parked, and a person must look. */
  @OnDomainEvent(WebhookReceived, 'payments.handle-webhook')
  async onWebhookReceived({ payload }: EventOf<typeof WebhookReceived>): Promise<void> {
    const { webhookId, type, objectId, paymentId } = payload;
    if (paymentId === undefined || (type !== CAPTURED && !STATE_CHANGES.has(type))) return;
    const payment = await this.payments.find(paymentId);
    const isOurs = payment !== undefined && (payment.details.intentId ?? objectId) === objectId;
    if (!isOurs) {
      const sentence = `Webhook ${webhookId} (${type}) says of ${paymentId} what belongs to another intent, ${objectId}.`;
      if (type === CAPTURED) throw new Error(sentence);
      this.logger.warn(sentence);
    } else if (type === CAPTURED) {
      await this.attempts.observe(payment, { intentId: objectId, clientSecret: null, status: 'captured', failure: null });
    } else if (!payment.isCaptured) {
      await this.attempts.lookAt(payment, objectId);
    }
  }
}
