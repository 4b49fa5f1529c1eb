import { EmailField, EnumField, IdField, IntegerField, MoneyField, ObjectField, PhoneField, TextField } from '@daraa/platform';
import type { MoneyAmount } from '@daraa/kernel';
import { DeliveryAddressDto } from '@daraa/orders';

export class RequestedItemDto {
  @IdField('var') variantId!: string;
  @IntegerField({ min: 1, max: 99, example: 2 }) quantity!: number;
}

export class TipDto {
  @IdField('sto') storeId!: string;
  @MoneyField({ max: 100_000_000 }) amount!: MoneyAmount;
}

/** What a quote needs; the checkout takes the same and more. */
export class QuoteDto {
  @IdField('adr', { optional: true, description: 'One of your saved addresses; or send shippingAddress.' }) addressId?: string;

  @ObjectField(() => DeliveryAddressDto, { optional: true, description: 'Where the goods go; instead of addressId.' })
  shippingAddress?: DeliveryAddressDto;

  @ObjectField(() => RequestedItemDto, {
    each: true,
    optional: true,
    minItems: 1,
    maxItems: 200,
    description: 'Buys exactly this and leaves the cart alone; without it the cart is bought.',
  })
  items?: RequestedItemDto[];

  @ObjectField(() => TipDto, { each: true, optional: true, maxItems: 50, description: 'For the couriers, by store.' })
  tips?: TipDto[];
}

export class PaymentChoiceDto {
  @EnumField(['card', 'cash_on_delivery'], { example: 'card' }) method!: 'card' | 'cash_on_delivery';

  @TextField({
    min: 1,
    max: 255,
    pattern: /^pm_[A-Za-z0-9_]+$/,
    optional: true,
    example: 'pm_card_visa',
    description: "The provider's payment method; without it the client confirms the payment with its clientSecret.",
  })
  paymentMethodId?: string;
}

export class GuestDto {
  @EmailField() email!: string;
  @PhoneField() phone!: string;
}

export class CheckoutDto extends QuoteDto {
  @ObjectField(() => PaymentChoiceDto) payment!: PaymentChoiceDto;

  @ObjectField(() => DeliveryAddressDto, { optional: true, description: 'The shipping address where nothing else is said.' })
  billingAddress?: DeliveryAddressDto;

  @TextField({ min: 1, max: 1000, optional: true, example: 'Please handle with care.' }) notes?: string;

  @MoneyField({ optional: true, description: 'The total that the buyer has seen; any other is refused with PRICE_CHANGED.' })
  expectedTotal?: MoneyAmount;

  @ObjectField(() => GuestDto, { optional: true, description: 'How to reach a guest; required without an account.' })
  guest?: GuestDto;
}
