import { Injectable } from '@nestjs/common';
import { Accounts } from '@daraa/accounts';
import { DomainError } from '@daraa/kernel';
import type { Actor, MoneyAmount } from '@daraa/kernel';
import { deliveryAddressOf } from '@daraa/orders';
import type { DeliveryAddress } from '@daraa/orders';
import { quoteOf } from '@daraa/pricing';
import type { Quote, QuoteInput } from '@daraa/pricing';
import { Settings } from '@daraa/settings';
import { Baskets } from './basket.js';
import type { Basket, RequestedItem } from './basket.js';

/** What a quote and a checkout have in common. */
export interface BasketRequest {
  /** Absent only for guests without a cart, who name their items. */
  readonly buyer?: Actor;
  readonly items?: readonly RequestedItem[];
  readonly addressId?: string;
  readonly shippingAddress?: DeliveryAddress;
  readonly tips?: readonly { readonly storeId: string; readonly amount: MoneyAmount }[];
}

/** A basket with its price and everything the price followed from. */
export interface QuotedBasket {
  readonly basket: Basket;
  readonly shippingAddress: DeliveryAddress;
  readonly input: QuoteInput;
  readonly quote: Quote;
}

/** Prices what somebody wants to buy, where it shall go. Reads only; the computation itself is pure. */
@Injectable()
export class QuoteBasket {
  constructor(
    private readonly baskets: Baskets,
    private readonly accounts: Accounts,
    private readonly settings: Settings,
  ) {}

  /** Throws `CART_EMPTY`, `PRODUCT_NOT_AVAILABLE`, `ADDRESS_REQUIRED`, `ADDRESS_NOT_FOUND`, `ADDRESS_NOT_SERVICEABLE`. */
  async execute(request: BasketRequest): Promise<QuotedBasket> {
    const [basket, shippingAddress] = await Promise.all([
      this.baskets.of(request.buyer, request.items),
      this.addressOf(request),
    ]);
    const { delivery, ...settings } = this.settings.current();
    if (delivery.countries.length > 0 && !delivery.countries.includes(shippingAddress.country)) {
      throw new DomainError('ADDRESS_NOT_SERVICEABLE');
    }
    const region = shippingAddress.state ?? shippingAddress.governorate;
    const input: QuoteInput = {
      currency: settings.currency,
      lines: basket.lines.map(({ variant, quantity }) => ({
        variantId: variant.variantId,
        storeId: variant.storeId,
        quantity,
        unitPrice: variant.price,
        taxClass: variant.taxClass,
        requiresShipping: variant.requiresShipping,
      })),
      destination: { country: shippingAddress.country, ...(region === undefined ? {} : { region }) },
      taxRules: settings.taxRates,
      pricesIncludeTax: settings.pricesIncludeTax,
      deliveryFee: delivery.fee,
      freeDeliveryFrom: delivery.freeFrom,
      serviceFee: settings.serviceFee,
      tips: tipsOf(request, basket),
    };
    return { basket, shippingAddress, input, quote: quoteOf(input) };
  }

  private async addressOf({ buyer, addressId, shippingAddress }: BasketRequest): Promise<DeliveryAddress> {
    if (shippingAddress !== undefined) return deliveryAddressOf(shippingAddress);
    if (addressId === undefined) {
      throw new DomainError('ADDRESS_REQUIRED', { details: [{ field: 'addressId', message: 'Send addressId or shippingAddress.' }] });
    }
    if (buyer?.type !== 'account') throw new DomainError('ADDRESS_NOT_FOUND');
    return deliveryAddressOf(await this.accounts.addressOf(buyer.id, addressId));
  }
}

function tipsOf(request: BasketRequest, basket: Basket): Record<string, MoneyAmount> {
  const stores = new Set(basket.lines.map((line) => line.variant.storeId));
  const tips: Record<string, MoneyAmount> = {};
  for (const { storeId, amount } of request.tips ?? []) {
    if (!stores.has(storeId) || tips[storeId] !== undefined) {
      throw new DomainError('VALIDATION_ERROR', {
        details: [{ field: 'tips', message: `Give one tip to a store that is bought from; ${storeId} is not, or has one already.` }],
      });
    }
    tips[storeId] = amount;
  }
  return tips;
}
