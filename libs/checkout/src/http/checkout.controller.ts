import { Body, Controller, Post } from '@nestjs/common';
import { derivedId, DomainError } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';
import {
  Idempotent,
  IdempotencyClaim,
  Operation,
  OptionalAuthentication,
  OptionalBuyer,
  OptionalCaller,
  RateLimit,
} from '@daraa/platform';
import type { Caller, Claim } from '@daraa/platform';
import { PlacePurchase } from '../application/place-purchase.js';
import { QuoteBasket } from '../application/quote-basket.js';
import { CheckoutDto, QuoteDto } from './checkout.dto.js';
import { CheckoutResponse, QuoteResponse } from './checkout.response.js';
import { checkoutResponse, quoteResponse } from './purchase-views.js';

/** From the cart to the promise: what it costs, and buying it. */
@Controller('checkout')
export class CheckoutController {
  constructor(
    private readonly quoteBasket: QuoteBasket,
    private readonly placePurchase: PlacePurchase,
  ) {}

  @Post('quote')
  @OptionalAuthentication()
  @Operation({
    id: 'quoteCheckout',
    tag: 'checkout',
    summary: 'What the cart, or the named items, would cost',
    success: { status: 200, type: QuoteResponse },
    errors: ['CART_EMPTY', 'QUANTITY_LIMIT', 'PRODUCT_NOT_AVAILABLE', 'ADDRESS_REQUIRED', 'ADDRESS_NOT_FOUND', 'ADDRESS_NOT_SERVICEABLE'],
  })
  async quote(@OptionalBuyer() buyer: Actor | undefined, @Body() dto: QuoteDto): Promise<QuoteResponse> {
    const { quote } = await this.quoteBasket.execute({ ...dto, ...(buyer === undefined ? {} : { buyer }) });
    return quoteResponse(quote);
  }

  @Post()
  @OptionalAuthentication()
  @RateLimit('orders')
  @Idempotent({ required: true, mints: 'pur' })
  @Operation({
    id: 'checkout',
    tag: 'checkout',
    summary: 'Buy the cart, or the named items',
    description:
      'One purchase, one payment, one order per store. A declined card is still 201: the purchase awaits its payment, and ' +
      'POST /payments/{paymentId}/confirm tries again.',
    success: { status: 201, type: CheckoutResponse },
    errors: [
      'CART_EMPTY',
      'QUANTITY_LIMIT',
      'PRODUCT_NOT_AVAILABLE',
      'INSUFFICIENT_STOCK',
      'PRICE_CHANGED',
      'ADDRESS_REQUIRED',
      'ADDRESS_NOT_FOUND',
      'ADDRESS_NOT_SERVICEABLE',
      'GUEST_CONTACT_REQUIRED',
      'PAYMENT_METHOD_NOT_SUPPORTED',
      'ACCOUNT_NOT_VERIFIED',
      'CONFLICT',
      'GONE',
    ],
  })
  async checkout(
    @OptionalCaller() caller: Caller | undefined,
    @OptionalBuyer() buyer: Actor | undefined,
    @IdempotencyClaim() claim: Claim,
    @Body() dto: CheckoutDto,
  ): Promise<CheckoutResponse> {
    if (caller && !caller.verified) throw new DomainError('ACCOUNT_NOT_VERIFIED');
    const { guest, ...request } = dto;
    if (!caller && guest === undefined) {
      throw new DomainError('GUEST_CONTACT_REQUIRED', { details: [{ field: 'guest', message: 'Send email and phone, or log in.' }] });
    }
    const placed = await this.placePurchase.execute({
      ...request,
      // A guest who names the items needs no cart; such a purchase belongs to nobody else either.
      buyer: buyer ?? { type: 'guest', id: derivedId('cart', claim.resourceId) },
      ...(caller === undefined && guest !== undefined ? { guest } : {}),
      purchaseId: claim.resourceId,
      resumed: claim.resumed,
    });
    return checkoutResponse(placed.purchase, placed.orders, placed.payment);
  }
}
