import { EmailField, EnumQuery, PageQuery, TextField } from '@daraa/platform';
import { ORDER_STATUSES } from '../domain/order-status.js';
import type { OrderStatus } from '../domain/order-status.js';

export class OrdersQuery extends PageQuery {
  @EnumQuery(ORDER_STATUSES, { example: 'placed' }) status?: OrderStatus;
}

export class CancelOrderDto {
  @TextField({ min: 1, max: 500, example: 'Ordered by mistake.' }) reason!: string;
}

export class LookUpOrderDto {
  @TextField({ max: 40, pattern: /^DRA-\d{4}-\d{6,}-\d+$/, example: 'DRA-2026-000123-1', description: 'The number of the order.' })
  number!: string;

  @EmailField() email!: string;
}
