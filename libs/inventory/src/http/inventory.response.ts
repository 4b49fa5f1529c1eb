import { BooleanField, DateField, EnumField, IdField, IntegerField, TextField } from '@daraa/platform';
import { STOCK_LEVELS } from '../domain/stock-level.js';
import { MOVEMENT_KINDS } from '../domain/stock-movement.js';

/** What everybody may know of a variant's stock. */
export class AvailabilityResponse {
  @IdField('var') variantId!: string;
  @IntegerField({ min: 0, example: 12, description: 'Pieces that can be bought now.' }) available!: number;
  @BooleanField() inStock!: boolean;
  @BooleanField({ description: 'Few are left.' }) lowStock!: boolean;
}

export class StockCountResponse {
  @IdField('var') variantId!: string;
  @IntegerField({ example: 20 }) onHand!: number;
  @IntegerField({ min: 0, example: 8, description: 'Set aside for buyers who are paying.' }) reserved!: number;
  @IntegerField({ example: 12, description: 'onHand − reserved.' }) available!: number;
}

/** A variant's stock as its store sees it. */
export class StockResponse extends StockCountResponse {
  @IdField('prod') productId!: string;
  @TextField({ max: 100, example: 'SOAP-OLIVE-1' }) sku!: string;
  @EnumField(STOCK_LEVELS) level!: string;
  @IntegerField({ min: 0, example: 5, description: 'At or below this many pieces the stock counts as low.' }) lowStockThreshold!: number;
}

export class MovementResponse {
  @TextField({ max: 200, example: 'adjustment:adj_01jc4yqz8ke5f9h0mns2bvx6tw' }) id!: string;
  @IdField('var') variantId!: string;
  @EnumField(MOVEMENT_KINDS) kind!: string;
  @IntegerField({ example: -2, description: 'What came is positive, what went is negative.' }) quantity!: number;
  @TextField({ max: 200, example: 'damage' }) reason!: string;
  @TextField({ max: 1000, nullable: true, example: 'Broken in the store room.' }) note!: string | null;
  @TextField({ max: 200, nullable: true, example: 'pur_01jc4yqz8ke5f9h0mns2bvx6tw', description: 'The purchase or order it belongs to.' })
  reference!: string | null;
  @DateField() at!: Date;
}
