import { DateField, EnumField, IdField, IntegerField, LocalisedTextField, MapField, MoneyField, ObjectField, TextField } from '@daraa/platform';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import { CART_WARNINGS } from '../domain/cart-view.js';

export class CartStoreResponse {
  @IdField('sto') id!: string;
  @LocalisedTextField({ max: 120 }) name!: LocalisedText;
  @TextField({ max: 140, example: 'petra-pantry' }) slug!: string;
}

export class CartItemResponse {
  @IdField('itm') itemId!: string;
  @IdField('var') variantId!: string;
  @IdField('prod') productId!: string;
  @LocalisedTextField({ max: 200 }) name!: LocalisedText;
  @TextField({ max: 220, example: 'olive-oil-soap' }) slug!: string;
  @TextField({ max: 100, example: 'SOAP-OLIVE-1' }) sku!: string;
  @MapField() options!: Readonly<Record<string, string>>;
  @TextField({ max: 2000, nullable: true, example: 'https://cdn.example.com/soap.webp' }) image!: string | null;
  @MoneyField({ description: "Today's price of one piece." }) unitPrice!: MoneyAmount;
  @IntegerField({ min: 1, max: 99, example: 2 }) quantity!: number;
  @MoneyField({ description: 'Unit price times quantity.' }) lineTotal!: MoneyAmount;
  @IntegerField({ min: 0, example: 12, description: 'Pieces that can be bought now.' }) available!: number;
}

export class CartGroupResponse {
  @ObjectField(() => CartStoreResponse) store!: CartStoreResponse;
  @ObjectField(() => CartItemResponse, { each: true }) items!: readonly CartItemResponse[];
}

export class CartWarningResponse {
  @IdField('itm') itemId!: string;
  @IdField('var') variantId!: string;
  @EnumField(CART_WARNINGS) code!: string;
  @TextField({ max: 200, example: 'Only 2 left.' }) message!: string;
  @MoneyField({ optional: true, description: 'With PRICE_CHANGED: what one piece cost when it was added.' }) previousPrice?: MoneyAmount;
  @IntegerField({ optional: true, min: 0, example: 2, description: 'With INSUFFICIENT_STOCK: how many can be bought.' }) available?: number;
}

export class CartResponse {
  @IdField('cart') id!: string;
  @TextField({
    max: 128,
    optional: true,
    example: 'q7Jx0uGkq5Qv8mN2rT4wY6zA1bC3dE5fH7iJ9kL0mNo',
    description: 'Guests only: send it as X-Cart-Token. Whoever has it has the cart.',
  })
  token?: string;
  @ObjectField(() => CartGroupResponse, { each: true, description: 'By store.' }) groups!: readonly CartGroupResponse[];
  @IntegerField({ min: 0, example: 3, description: 'Pieces in all.' }) itemCount!: number;
  @MoneyField({ description: 'The sum of the line totals.' }) subtotal!: MoneyAmount;
  @ObjectField(() => CartWarningResponse, { each: true, description: 'What has changed since the items were added.' })
  warnings!: readonly CartWarningResponse[];
  @DateField({ description: 'Unchanged until then, the cart is gone.' }) expiresAt!: Date;
  @IntegerField({ min: 0, example: 4 }) version!: number;
}
