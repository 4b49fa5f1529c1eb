import { Body, Controller, Get, Post } from '@nestjs/common';
import type { Actor } from '@daraa/kernel';
import {
  CurrentBuyer,
  IdempotencyClaim,
  Idempotent,
  IdParam,
  Operation,
  OptionalAuthentication,
  RateLimit,
  TextField,
} from '@daraa/platform';
import type { Claim } from '@daraa/platform';
import { ConfirmPayment } from '../application/confirm-payment.js';
import { FindPayment } from '../application/find-payment.js';
import { viewOf } from '../payments.views.js';
import type { PaymentView } from '../payments.views.js';
import { PaymentResponse } from './payment.response.js';

export class ConfirmPaymentDto {
  @TextField({
    min: 1,
    max: 255,
    pattern: /^pm_[A-Za-z0-9_]+$/,
    optional: true,
    example: 'pm_card_visa',
    description: 'Another card to try; without it, asks the provider what the client has completed (3-D Secure).',
  })
  paymentMethodId?: string;
}

/** A buyer's payments. */
@Controller('payments')
export class PaymentsController {
  constructor(
    private readonly findPayment: FindPayment,
    private readonly confirmPayment: ConfirmPayment,
  ) {}

  @Get(':paymentId')
  @OptionalAuthentication()
  @Operation({
    id: 'getPayment',
    tag: 'payments',
    summary: 'One of your payments',
    success: { status: 200, type: PaymentResponse },
    errors: ['PAYMENT_NOT_FOUND'],
  })
  async get(@IdParam('paymentId', 'pay', 'PAYMENT_NOT_FOUND') paymentId: string, @CurrentBuyer() buyer: Actor): Promise<PaymentView> {
    return viewOf(await this.findPayment.execute(paymentId, buyer));
  }

  @Post(':paymentId/confirm')
  @OptionalAuthentication()
  @RateLimit('payments')
  @Idempotent({ required: false, mints: 'att' })
  @Operation({
    id: 'confirmPayment',
    tag: 'payments',
    summary: 'Try again with another card, or go on after 3-D Secure',
    description:
      'A purchase has one payment: trying twice never charges twice. `processing` says that the outcome of the last attempt is not ' +
      'known yet; look at the payment again in a moment before trying another card.',
    success: { status: 200, type: PaymentResponse },
    errors: ['PAYMENT_NOT_FOUND', 'PAYMENT_FAILED', 'ORDER_ALREADY_PAID', 'INVALID_TRANSITION', 'SERVICE_UNAVAILABLE'],
  })
  async confirm(
    @IdParam('paymentId', 'pay', 'PAYMENT_NOT_FOUND') paymentId: string,
    @CurrentBuyer() buyer: Actor,
    @Body() { paymentMethodId }: ConfirmPaymentDto,
    @IdempotencyClaim() claim: Claim | undefined,
  ): Promise<PaymentView> {
    const confirmation = {
      ...(paymentMethodId === undefined ? {} : { paymentMethodId }),
      ...(claim === undefined ? {} : { attemptId: claim.resourceId }),
    };
    return viewOf(await this.confirmPayment.execute(paymentId, buyer, confirmation));
  }
}
