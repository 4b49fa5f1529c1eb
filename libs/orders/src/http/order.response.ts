import {
  BooleanField,
  DateField,
  EnumField,
  GeoPointField,
  IdField,
  IntegerField,
  LocalisedTextField,
  MapField,
  MoneyField,
  ObjectField,
  PhoneField,
  TextField,
} from '@daraa/platform';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import { ORDER_STATUSES } from '../domain/order-status.js';

/** Where goods go, or a bill: what a request sends and an answer shows. */
export class DeliveryAddressDto {
  @TextField({ min: 1, max: 80, example: 'Layla' }) firstName!: string;
  @TextField({ min: 1, max: 80, example: 'Haddad' }) lastName!: string;
  @TextField({ min: 1, max: 120, example: 'Haddad Trading', optional: true }) company?: string;
  @PhoneField() phone!: string;
  @TextField({ min: 1, max: 200, example: '12 Rainbow Street' }) line1!: string;
  @TextField({ min: 1, max: 200, example: 'Second floor', optional: true }) line2?: string;
  @TextField({ min: 1, max: 80, example: '12', optional: true }) building?: string;
  @TextField({ min: 1, max: 80, example: '4', optional: true }) apartment?: string;
  @TextField({ min: 1, max: 120, example: 'Amman' }) city!: string;
  @TextField({ min: 1, max: 120, example: 'Amman', optional: true }) governorate?: string;
  @TextField({ min: 1, max: 120, example: 'Amman', optional: true }) state?: string;
  @TextField({ min: 1, max: 20, example: '11118', optional: true }) postalCode?: string;
  @TextField({ max: 2, pattern: /^[A-Z]{2}$/, example: 'JO', description: 'ISO 3166-1 alpha-2.' }) country!: string;
  @TextField({ min: 1, max: 500, example: 'Ring twice.', optional: true }) instructions?: string;
  @GeoPointField({ optional: true }) location?: { lat: number; lng: number };
}

export class OrderStoreResponse {
  @IdField('sto') id!: string;
  @LocalisedTextField({ max: 120 }) name!: LocalisedText;
  @TextField({ max: 140, example: 'petra-pantry' }) slug!: string;
}

export class OrderItemResponse {
  @IdField('itm') itemId!: string;
  @IdField('var') variantId!: string;
  @IdField('prod') productId!: string;
  @LocalisedTextField({ max: 200 }) name!: LocalisedText;
  @TextField({ max: 220, example: 'olive-oil-soap' }) slug!: string;
  @TextField({ max: 100, example: 'SOAP-OLIVE-1' }) sku!: string;
  @MapField() options!: Record<string, string>;
  @TextField({ max: 2000, nullable: true, example: 'https://cdn.example.com/soap.webp' }) image!: string | null;
  @MoneyField() unitPrice!: MoneyAmount;
  @IntegerField({ min: 1, max: 99, example: 2 }) quantity!: number;
  @MoneyField({ description: 'Unit price times quantity.' }) itemsTotal!: MoneyAmount;
  @MoneyField() discount!: MoneyAmount;
  @MoneyField() tax!: MoneyAmount;
  @MoneyField({ description: 'What this line costs, tax and discounts included.' }) total!: MoneyAmount;
}

export class OrderTotalsResponse {
  @MoneyField() itemsTotal!: MoneyAmount;
  @MoneyField() discount!: MoneyAmount;
  @MoneyField({ description: 'The goods without tax, after discounts.' }) net!: MoneyAmount;
  @MoneyField() tax!: MoneyAmount;
  @BooleanField({ description: 'Whether the unit prices contain the tax.' }) taxIncluded!: boolean;
  @MoneyField() deliveryFee!: MoneyAmount;
  @MoneyField({ description: "This order's share of the purchase's service fee." }) serviceFee!: MoneyAmount;
  @MoneyField() tip!: MoneyAmount;
  @MoneyField({ description: 'net + tax + deliveryFee + serviceFee + tip.' }) total!: MoneyAmount;
}

export class OrderRefundResponse {
  @IdField('rfd') refundId!: string;
  @MoneyField() amount!: MoneyAmount;
  @TextField({ max: 500, example: 'Ordered by mistake.' }) reason!: string;
  @EnumField(['requested', 'succeeded', 'failed']) status!: string;
}

export class TimelineEntryResponse {
  @EnumField(ORDER_STATUSES) status!: string;
  @DateField() at!: Date;
  @TextField({ max: 500, nullable: true, example: 'Ordered by mistake.' }) note!: string | null;
}

export class OrderResponse {
  @IdField('ord') id!: string;
  @TextField({ max: 30, example: 'DRA-2026-000123-1' }) number!: string;
  @IdField('pur') purchaseId!: string;
  @IdField('pay') paymentId!: string;
  @EnumField(['card', 'cash_on_delivery']) paymentMethod!: string;
  @BooleanField({ description: 'The money for this order was captured.' }) paid!: boolean;
  @IdField('sto') storeId!: string;
  @ObjectField(() => OrderStoreResponse) store!: OrderStoreResponse;
  @EnumField(ORDER_STATUSES) status!: string;
  @ObjectField(() => OrderItemResponse, { each: true }) items!: OrderItemResponse[];
  @ObjectField(() => OrderTotalsResponse) totals!: OrderTotalsResponse;
  @ObjectField(() => DeliveryAddressDto) shippingAddress!: DeliveryAddressDto;
  @TextField({ max: 1000, nullable: true, example: 'Please handle with care.' }) notes!: string | null;
  @TextField({ max: 500, nullable: true, example: 'Ordered by mistake.' }) cancelReason!: string | null;
  @ObjectField(() => OrderRefundResponse, { each: true }) refunds!: OrderRefundResponse[];
  @ObjectField(() => TimelineEntryResponse, { each: true }) timeline!: TimelineEntryResponse[];
  @DateField() createdAt!: Date;
  @IntegerField({ min: 1, example: 2 }) version!: number;
}
