import { Controller, Headers, Post, Req } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { Operation, Public, RateLimit, RawReply } from '@daraa/platform';
import type { HttpRequest } from '@daraa/platform';
import { ReceiveWebhook } from '../application/receive-webhook.js';

/** What the payment provider tells us. */
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly receiveWebhook: ReceiveWebhook) {}

  @Post('stripe')
  @Public()
  @RateLimit('none')
  @RawReply()
  @Operation({
    id: 'receiveStripeWebhook',
    tag: 'payments',
    summary: 'For Stripe alone: a signed event',
    description: 'Stored by its id before it is answered, handled once, however often and in whatever order it comes.',
    success: { status: 200, raw: 'application/json' },
    errors: ['INVALID_SIGNATURE'],
  })
  async receive(@Req() { rawBody }: HttpRequest, @Headers('stripe-signature') signature = ''): Promise<{ received: true }> {
    if (!rawBody) throw new DomainError('INVALID_SIGNATURE');
    await this.receiveWebhook.execute(rawBody, signature);
    return { received: true };
  }
}
