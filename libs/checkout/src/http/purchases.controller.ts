import { Controller, Get, Post } from '@nestjs/common';
import type { Actor } from '@daraa/kernel';
import { CurrentBuyer, IdParam, Operation, OptionalAuthentication, RateLimit } from '@daraa/platform';
import { FindPurchase } from '../application/find-purchase.js';
import { PurchaseResponse } from './checkout.response.js';
import { purchaseResponse } from './purchase-views.js';

/** A buyer's purchases. */
@Controller('purchases')
export class PurchasesController {
  constructor(private readonly findPurchase: FindPurchase) {}

  @Get(':purchaseId')
  @OptionalAuthentication()
  @Operation({
    id: 'getPurchase',
    tag: 'checkout',
    summary: 'One of your purchases, with its orders and payment',
    success: { status: 200, type: PurchaseResponse },
    errors: ['PURCHASE_NOT_FOUND'],
  })
  async get(
    @IdParam('purchaseId', 'pur', 'PURCHASE_NOT_FOUND') purchaseId: string,
    @CurrentBuyer() buyer: Actor,
  ): Promise<PurchaseResponse> {
    const { purchase, orders, payment } = await this.findPurchase.execute(purchaseId, buyer);
    return purchaseResponse(purchase, orders, payment);
  }

  @Post(':purchaseId/cancel')
  @OptionalAuthentication()
  @RateLimit('orders')
  @Operation({
    id: 'cancelPurchase',
    tag: 'checkout',
    summary: 'Cancel a purchase that is not paid',
    description: 'The whole purchase ends and what it held is free again. Once it is paid, cancel its orders instead.',
    success: { status: 200, type: PurchaseResponse },
    errors: ['PURCHASE_NOT_FOUND', 'INVALID_TRANSITION'],
  })
  async cancel(
    @IdParam('purchaseId', 'pur', 'PURCHASE_NOT_FOUND') purchaseId: string,
    @CurrentBuyer() buyer: Actor,
  ): Promise<PurchaseResponse> {
    const { purchase, orders, payment } = await this.findPurchase.cancel(purchaseId, buyer);
    return purchaseResponse(purchase, orders, payment);
  }
}
