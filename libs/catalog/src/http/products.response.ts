import {
  BooleanField, DateField, EnumField, IdField, IntegerField, LocalisedTextField, MapField, MoneyField, NumberField, ObjectField, TextField, UrlField,
} from '@daraa/platform';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { Suggestion } from '../application/find-products.js';
import type { ProductCardView, ProductVariantView, ProductView, SellerProductView, StoreBadge } from '../catalog.views.js';
import { PRODUCT_STATUSES } from '../domain/product-status.js';
import type { ProductStatus } from '../domain/product-status.js';

export class StoreBadgeResponse implements StoreBadge {
  @IdField('sto')
  id!: string;

  @LocalisedTextField({ max: 120, example: { en: 'Old Town Coffee', ar: 'قهوة البلد القديمة' } })
  name!: LocalisedText;

  @TextField({ max: 120, example: 'old-town-coffee' })
  slug!: string;
}

export class PriceRangeResponse {
  @MoneyField()
  min!: MoneyAmount;

  @MoneyField()
  max!: MoneyAmount;
}

export class ListedVariantResponse {
  @IdField('var')
  id!: string;

  @TextField({ max: 64, example: 'CUP-BLUE-M' })
  sku!: string;

  @MapField({ example: { size: 'M' } })
  options!: Record<string, string>;

  @MoneyField()
  price!: MoneyAmount;

  @MoneyField({ nullable: true })
  compareAtPrice!: MoneyAmount | null;

  @BooleanField()
  inStock!: boolean;
}

export class ProductVariantResponse extends ListedVariantResponse implements ProductVariantView {
  @IntegerField({ nullable: true, example: 350 })
  weightGrams!: number | null;

  @TextField({ nullable: true, max: 64, example: '6251234567890' })
  barcode!: string | null;

  @UrlField({ nullable: true })
  image!: string | null;

  @BooleanField()
  requiresShipping!: boolean;
}

export class SellerVariantResponse extends ProductVariantResponse {
  @BooleanField()
  active!: boolean;
}

export class ProductImageResponse {
  @UrlField()
  url!: string;

  @TextField({ max: 250, example: 'A blue cup on a table' })
  alt!: string;
}

/** What a card and a page of a product have in common. */
class ProductSummaryResponse {
  @IdField('prod')
  id!: string;

  @TextField({ max: 120, example: 'coffee-cup' })
  slug!: string;

  @LocalisedTextField({ max: 200 })
  name!: LocalisedText;

  @TextField({ nullable: true, max: 80, example: 'Al-Quds Ceramics' })
  brand!: string | null;

  @IdField('cat')
  categoryId!: string;

  @ObjectField(() => StoreBadgeResponse)
  store!: StoreBadgeResponse;

  @BooleanField()
  inStock!: boolean;

  @NumberField({ example: 4.5, description: '0 to 5; 0 while there is no review.' })
  ratingAverage!: number;

  @IntegerField({ example: 12 })
  ratingCount!: number;

  @IntegerField({ example: 40 })
  soldCount!: number;

  @DateField()
  createdAt!: Date;
}

export class ProductCardResponse extends ProductSummaryResponse implements ProductCardView {
  @UrlField({ nullable: true })
  image!: string | null;

  @ObjectField(() => PriceRangeResponse)
  priceRange!: PriceRangeResponse;

  @ObjectField(() => ListedVariantResponse, { each: true })
  variants!: ListedVariantResponse[];
}

class ProductPageResponse extends ProductSummaryResponse {
  @TextField({ max: 5000, example: 'A cup of porcelain, made by hand.' })
  description!: string;

  @IdField('cat', { each: true, description: 'From the root to the category itself.' })
  categoryPath!: string[];

  @TextField({ each: true, max: 40, example: 'gift' })
  tags!: string[];

  @ObjectField(() => ProductImageResponse, { each: true })
  images!: ProductImageResponse[];

  @MapField({ example: { material: 'porcelain' } })
  attributes!: Record<string, string>;
}

export class ProductResponse extends ProductPageResponse implements ProductView {
  @ObjectField(() => ProductVariantResponse, { each: true })
  variants!: ProductVariantResponse[];
}

/** A product as its seller sees it. */
export class SellerProductResponse extends ProductPageResponse implements SellerProductView {
  @IdField('sto')
  storeId!: string;

  @EnumField(PRODUCT_STATUSES, { name: 'ProductStatus' })
  status!: ProductStatus;

  @DateField({ nullable: true })
  publishedAt!: Date | null;

  @TextField({ max: 40, example: 'standard' })
  taxClass!: string;

  @MapField({ example: { shelf: 'B4' } })
  metadata!: Record<string, string>;

  @ObjectField(() => SellerVariantResponse, { each: true })
  variants!: SellerVariantResponse[];

  @IntegerField({ min: 1 })
  version!: number;
}

export class SuggestionResponse implements Suggestion {
  @IdField('prod')
  id!: string;

  @TextField({ max: 120, example: 'coffee-cup' })
  slug!: string;

  @LocalisedTextField({ max: 200 })
  name!: LocalisedText;

  @UrlField({ nullable: true })
  image!: string | null;
}
