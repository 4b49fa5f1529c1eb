import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, asDuplicateKey, CLOCK, InjectStore } from '@daraa/platform';
import type { Clock } from '@daraa/kernel';
import { ReceivedWebhook } from '../domain/received-webhook.js';
import type { WebhookSubject } from '../domain/received-webhook.js';

/** A message whose signature is right. */
export interface VerifiedWebhook extends WebhookSubject {
  readonly id: string;
}

/** Checks that a message really comes from the provider. */
export abstract class WebhookSignatures {
  /** Throws `INVALID_SIGNATURE` when the signature does not fit the body or is older than 300 seconds. */
  abstract verify(rawBody: Buffer, signature: string): VerifiedWebhook;
}

/** Stores the provider's messages before they are answered; a message that is known already has no effect. */
@Injectable()
export class ReceiveWebhook {
  constructor(
    @InjectStore(ReceivedWebhook) private readonly webhooks: AggregateStore<ReceivedWebhook>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly signatures: WebhookSignatures,
  ) {}

  async execute(rawBody: Buffer, signature: string): Promise<void> {
    const { id, ...subject } = this.signatures.verify(rawBody, signature);
    try {
      await this.webhooks.insert(ReceivedWebhook.of(id, subject, this.clock.now()));
    } catch (error) {
      if (!asDuplicateKey(error)?.isSameId) throw error;
    }
  }
}
