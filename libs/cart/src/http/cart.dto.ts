import { IdField, IntegerField } from '@daraa/platform';

export class AddItemDto {
  @IdField('var') variantId!: string;
  @IntegerField({ example: 2, description: '1 to 99; the same variant adds up.' }) quantity!: number;
}

export class ChangeItemDto {
  @IntegerField({ example: 3, description: '1 to 99; 0 takes the item out.' }) quantity!: number;
}
