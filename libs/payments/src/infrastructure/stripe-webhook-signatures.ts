import { Injectable } from '@nestjs/common';
import { DomainError, isId } from '@daraa/kernel';
import { Environment } from '@daraa/platform';
import Stripe from 'stripe';
import { WebhookSignatures } from '../application/receive-webhook.js';
import type { VerifiedWebhook } from '../application/receive-webhook.js';

const TOLERANCE_SECONDS = 300;

/** What an event of any version may say of the object that it is about. */
interface ProviderEvent {
  readonly id: string;
  readonly type: string;
  readonly data?: { readonly object?: { readonly id?: unknown; readonly metadata?: Readonly<Record<string, unknown>> | null } };
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
    const { id, type, data }: ProviderEvent = this.eventOf(rawBody, signature);
    const { id: objectId, metadata } = data?.object ?? {};
    const paymentId = metadata?.['paymentId'];
    return {
      id,
      type,
      objectId: typeof objectId === 'string' ? objectId : '',
      ...(isId('pay', paymentId) ? { paymentId } : {}),
    };
  }

  private eventOf(rawBody: Buffer, signature: string): ProviderEvent {
    try {
      return this.webhooks.constructEvent(rawBody, signature, this.environment.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS) as ProviderEvent;
    } catch (error) {
      throw new DomainError('INVALID_SIGNATURE', { cause: error });
    }
  }
}
