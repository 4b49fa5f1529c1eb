import { DateField, EnumField, IdField, IntegerField, MoneyField, ObjectField, TextField } from '@daraa/platform';
import type { MoneyAmount } from '@daraa/kernel';
import { OrderResponse } from '@daraa/orders';
import { PURCHASE_STATUSES } from '../domain/purchase-status.js';

export class DeliveryMethodResponse {
  @TextField({ max: 40, example: 'standard' }) id!: string;
  @TextField({ max: 80, example: 'Standard delivery' }) name!: string;
  @MoneyField() price!: MoneyAmount;
  @TextField({ max: 80, example: '1-3 days' }) eta!: string;
}

export class QuoteGroupResponse {
  @IdField('sto') storeId!: string;
  @MoneyField() itemsTotal!: MoneyAmount;
  @MoneyField() discount!: MoneyAmount;
  @MoneyField() tax!: MoneyAmount;
  @MoneyField() deliveryFee!: MoneyAmount;
  @MoneyField() tip!: MoneyAmount;
  @ObjectField(() => DeliveryMethodResponse, { each: true }) deliveryMethods!: DeliveryMethodResponse[];
  @MoneyField({ description: "This store's part, without the service fee." }) total!: MoneyAmount;
}

export class QuoteResponse {
  @ObjectField(() => QuoteGroupResponse, { each: true }) groups!: QuoteGroupResponse[];
  @MoneyField() itemsTotal!: MoneyAmount;
  @MoneyField() discount!: MoneyAmount;
  @MoneyField() tax!: MoneyAmount;
  @MoneyField() deliveryFee!: MoneyAmount;
  @MoneyField() serviceFee!: MoneyAmount;
  @MoneyField({ description: 'What all parts cost: the totals of the groups and the service fee.' }) total!: MoneyAmount;
  @MoneyField() pointsValue!: MoneyAmount;
  @MoneyField() walletApplied!: MoneyAmount;
  @MoneyField({ description: 'What is left to pay after points and wallet.' }) toPay!: MoneyAmount;
}

export class PurchasePaymentResponse {
  @IdField('pay') id!: string;
  @EnumField(['pending', 'requires_action', 'processing', 'authorised', 'captured', 'failed', 'cancelled']) status!: string;
  @EnumField(['card', 'cash_on_delivery']) method!: string;
  @TextField({ max: 300, optional: true, example: 'pi_3Q_secret_x', description: 'With this the client completes 3-D Secure.' })
  clientSecret?: string;
  @TextField({ max: 500, optional: true, example: 'Your card was declined.', description: 'Why the last attempt failed.' })
  failureMessage?: string;
}

export class PurchaseResponse {
  @IdField('pur') id!: string;
  @TextField({ max: 30, example: 'DRA-2026-000123' }) number!: string;
  @EnumField(PURCHASE_STATUSES) status!: string;
  @MoneyField() total!: MoneyAmount;
  @MoneyField() toPay!: MoneyAmount;
  @ObjectField(() => OrderResponse, { each: true }) orders!: OrderResponse[];
  @ObjectField(() => PurchasePaymentResponse) payment!: PurchasePaymentResponse;
  @DateField({ description: 'Unpaid at this time, the purchase is closed.' }) expiresAt!: Date;
  @DateField() createdAt!: Date;
  @IntegerField({ min: 1, example: 3 }) version!: number;
}

/** The answer of a checkout. */
export class CheckoutResponse {
  @ObjectField(() => PurchaseResponse) purchase!: PurchaseResponse;
}
