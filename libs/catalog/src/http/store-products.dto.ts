import {
  BooleanField, EnumQuery, IdField, IntegerField, LocalisedTextField, MapField, MoneyField, ObjectField, PageQuery, TextField, UrlField,
} from '@daraa/platform';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { ImageInput, ProductInput, VariantInput } from '../application/product-input.js';
import { PRODUCT_STATUSES } from '../domain/product-status.js';
import type { ProductStatus } from '../domain/product-status.js';

const SKU = { min: 1, max: 64, pattern: /^[^\s"\\](?:[^"\\]{0,62}[^\s"\\])?$/, example: 'CUP-BLUE-M' } as const;
const MOST_PIECES = 1_000_000;
const HEAVIEST_GRAMS = 1_000_000;

export class ImageDto implements ImageInput {
  @UrlField()
  url!: string;

  @TextField({ optional: true, max: 250, example: 'A blue cup on a table' })
  alt?: string;
}

export class NewVariantDto implements VariantInput {
  @TextField({ ...SKU, description: 'Unique within the store.' })
  sku!: string;

  @MapField({ optional: true, maxKeys: 5, maxLength: 60, example: { size: 'M', colour: 'blue' } })
  options?: Record<string, string>;

  @MoneyField()
  price!: MoneyAmount;

  @MoneyField({ optional: true, nullable: true, description: 'The price before; shown struck through.' })
  compareAtPrice?: MoneyAmount | null;

  @IntegerField({ optional: true, min: 0, max: MOST_PIECES, example: 20, description: 'Pieces to begin with; afterwards inventory counts.' })
  stock?: number;

  @IntegerField({ optional: true, nullable: true, min: 0, max: HEAVIEST_GRAMS, example: 350 })
  weightGrams?: number | null;

  @TextField({ optional: true, nullable: true, min: 1, max: 64, example: '6251234567890' })
  barcode?: string | null;

  @UrlField({ optional: true, nullable: true })
  image?: string | null;

  @BooleanField({ optional: true, example: true })
  requiresShipping?: boolean;
}

export class ChangeVariantDto {
  @TextField({ ...SKU, optional: true })
  sku?: string;

  @MapField({ optional: true, maxKeys: 5, maxLength: 60, example: { size: 'M', colour: 'blue' } })
  options?: Record<string, string>;

  @MoneyField({ optional: true })
  price?: MoneyAmount;

  @MoneyField({ optional: true, nullable: true })
  compareAtPrice?: MoneyAmount | null;

  @IntegerField({ optional: true, nullable: true, min: 0, max: HEAVIEST_GRAMS, example: 350 })
  weightGrams?: number | null;

  @TextField({ optional: true, nullable: true, min: 1, max: 64, example: '6251234567890' })
  barcode?: string | null;

  @UrlField({ optional: true, nullable: true })
  image?: string | null;

  @BooleanField({ optional: true, example: true })
  requiresShipping?: boolean;

  @BooleanField({ optional: true, example: true, description: 'Can be bought.' })
  active?: boolean;
}

export class CreateProductDto implements ProductInput {
  @LocalisedTextField({ max: 200 })
  name!: LocalisedText;

  @TextField({ max: 5000, example: 'A cup of porcelain, made by hand.' })
  description!: string;

  @IdField('cat')
  categoryId!: string;

  @TextField({ optional: true, nullable: true, min: 1, max: 80, example: 'Al-Quds Ceramics' })
  brand?: string | null;

  @TextField({ optional: true, each: true, maxItems: 30, min: 1, max: 40, example: 'gift' })
  tags?: string[];

  @ObjectField(() => NewVariantDto, { each: true, maxItems: 100 })
  variants!: NewVariantDto[];

  @ObjectField(() => ImageDto, { optional: true, each: true, maxItems: 20 })
  images?: ImageDto[];

  @MapField({ optional: true, maxKeys: 30, maxLength: 200, example: { material: 'porcelain' } })
  attributes?: Record<string, string>;

  @TextField({ optional: true, min: 1, max: 40, pattern: /^[a-z][a-z0-9_-]*$/, example: 'standard' })
  taxClass?: string;

  @MapField({ optional: true, maxKeys: 50, maxLength: 1000, example: { shelf: 'B4' } })
  metadata?: Record<string, string>;
}

export class ChangeProductDto {
  @LocalisedTextField({ optional: true, max: 200 })
  name?: LocalisedText;

  @TextField({ optional: true, max: 5000, example: 'A cup of porcelain, made by hand.' })
  description?: string;

  @IdField('cat', { optional: true })
  categoryId?: string;

  @TextField({ optional: true, nullable: true, min: 1, max: 80, example: 'Al-Quds Ceramics' })
  brand?: string | null;

  @TextField({ optional: true, each: true, maxItems: 30, min: 1, max: 40, example: 'gift' })
  tags?: string[];

  @ObjectField(() => ImageDto, { optional: true, each: true, maxItems: 20 })
  images?: ImageDto[];

  @MapField({ optional: true, maxKeys: 30, maxLength: 200, example: { material: 'porcelain' } })
  attributes?: Record<string, string>;

  @TextField({ optional: true, min: 1, max: 40, pattern: /^[a-z][a-z0-9_-]*$/, example: 'standard' })
  taxClass?: string;

  @MapField({ optional: true, maxKeys: 50, maxLength: 1000, example: { shelf: 'B4' } })
  metadata?: Record<string, string>;
}

export class StoreProductsQuery extends PageQuery {
  @EnumQuery(PRODUCT_STATUSES, { name: 'ProductStatus', description: 'Only products of this state.' })
  status?: ProductStatus;
}
