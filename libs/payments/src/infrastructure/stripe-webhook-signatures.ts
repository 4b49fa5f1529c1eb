import { Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { Environment } from '@daraa/platform';
import Stripe from 'stripe';
import { WebhookSignatures } from '../application/receive-webhook.js';
import type { VerifiedWebhook } from '../application/receive-webhook.js';

const TOLERANCE_SECONDS = 300;

interface ProviderObject {
  readonly id?: string;
  readonly metadata?: Readonly<Record<string, string>> | null;
}

/** Stripe's signature over the raw body. */
@Injectable()
export class StripeWebhookSignatures extends WebhookSignatures {
  private readonly webhooks: Stripe['webhooks'];

  constructor(private readonly environment: Environment) {
    super();
    this.webhooks = new Stripe(environment.STRIPE_SECRET_KEY).webhooks;
  }

  verify(rawBody: Buffer, signature: string): VerifiedWebhook {
    const event = this.eventOf(rawBody, signature);
    const { id = '', metadata } = event.data.object as ProviderObject;
    const paymentId = metadata?.['paymentId'];
    return { id: event.id, type: event.type, objectId: id, ...(paymentId === undefined ? {} : { paymentId }) };
  }

  private eventOf(rawBody: Buffer, signature: string): Stripe.Event {
    try {
      return this.webhooks.constructEvent(rawBody, signature, this.environment.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS);
    } catch (error) {
      throw new DomainError('INVALID_SIGNATURE', { cause: error });
    }
  }
}
