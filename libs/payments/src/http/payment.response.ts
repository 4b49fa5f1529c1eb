import { DateField, EnumField, IdField, IntegerField, MoneyField, ObjectField, TextField } from '@daraa/platform';
import type { MoneyAmount } from '@daraa/kernel';
import { PAYMENT_STATUSES } from '../domain/payment-status.js';

export class PayableResponse {
  @EnumField(['purchase']) type!: string;
  @IdField('pur') id!: string;
}

export class PaymentFailureResponse {
  @TextField({ max: 100, example: 'insufficient_funds' }) code!: string;
  @TextField({ max: 500, example: 'Your card has insufficient funds.' }) message!: string;
}

export class PaymentResponse {
  @IdField('pay') id!: string;
  @ObjectField(() => PayableResponse) payable!: PayableResponse;
  @EnumField(['card', 'cash_on_delivery']) method!: string;
  @EnumField(PAYMENT_STATUSES) status!: string;
  @MoneyField() amount!: MoneyAmount;
  @MoneyField({ description: 'What was given back so far.' }) refunded!: MoneyAmount;
  @TextField({ max: 300, nullable: true, example: 'pi_3Q_secret_x', description: 'With this the client completes the payment.' })
  clientSecret!: string | null;
  @ObjectField(() => PaymentFailureResponse, { nullable: true }) failure!: PaymentFailureResponse | null;
  @DateField() createdAt!: Date;
  @IntegerField({ min: 1, example: 2 }) version!: number;
}
