import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import type { ErrorCode } from '@daraa/kernel';
import { IdParam, IfMatch, Operation, paged, StoreScope } from '@daraa/platform';
import { ChangeProduct } from '../application/change-product.js';
import { CreateProduct } from '../application/create-product.js';
import { FindStoreProducts } from '../application/find-store-products.js';
import { sellerViewOfProduct } from '../catalog.views.js';
import { productChangesOf, variantChangesOf } from './product-changes.js';
import { SellerProductResponse } from './products.response.js';
import { ChangeProductDto, ChangeVariantDto, CreateProductDto, NewVariantDto, StoreProductsQuery } from './store-products.dto.js';

const StoreId = () => IdParam('storeId', 'sto', 'STORE_NOT_FOUND');
const ProductId = () => IdParam('productId', 'prod', 'PRODUCT_NOT_FOUND');
const VariantId = () => IdParam('variantId', 'var', 'VARIANT_NOT_FOUND');

function ProductOperation(id: string, summary: string, status: 200 | 201, errors: readonly ErrorCode[]): MethodDecorator {
  return Operation({
    id,
    tag: 'store catalog',
    summary,
    success: { status, type: SellerProductResponse },
    errors: ['STORE_NOT_FOUND', ...errors],
  });
}

/** What a store does with its own products. */
@Controller('stores/:storeId/products')
@StoreScope('catalog')
export class StoreProductsController {
  constructor(
    private readonly createProduct: CreateProduct,
    private readonly changeProduct: ChangeProduct,
    private readonly findProducts: FindStoreProducts,
  ) {}

  @Post()
  @ProductOperation('createProduct', 'Draft a product', 201, ['CATEGORY_NOT_FOUND', 'SKU_TAKEN', 'CURRENCY_MISMATCH'])
  async create(@StoreId() storeId: string, @Body() dto: CreateProductDto) {
    return sellerViewOfProduct(await this.createProduct.execute(storeId, dto));
  }

  @Get()
  @Operation({
    id: 'listStoreProducts',
    tag: 'store catalog',
    summary: 'List own products in whatever state',
    success: { status: 200, type: SellerProductResponse, list: 'page' },
    errors: ['STORE_NOT_FOUND'],
  })
  async list(@StoreId() storeId: string, @Query() query: StoreProductsQuery) {
    return paged(await this.findProducts.list(storeId, query.status, query));
  }

  @Get(':productId')
  @ProductOperation('getStoreProduct', 'Show an own product in whatever state', 200, ['PRODUCT_NOT_FOUND'])
  show(@StoreId() storeId: string, @ProductId() productId: string) {
    return this.findProducts.show(storeId, productId);
  }

  @Patch(':productId')
  @ProductOperation('changeProduct', 'Change a product', 200, ['PRODUCT_NOT_FOUND', 'CATEGORY_NOT_FOUND', 'VERSION_MISMATCH'])
  async change(
    @StoreId() storeId: string,
    @ProductId() productId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() dto: ChangeProductDto,
  ) {
    return sellerViewOfProduct(await this.changeProduct.edit({ storeId, productId, expectedVersion }, productChangesOf(dto)));
  }

  @Delete(':productId')
  @ProductOperation('deleteProduct', 'Take a product off sale for good: it is archived, what was ordered stays readable', 200, [
    'PRODUCT_NOT_FOUND',
    'VERSION_MISMATCH',
  ])
  async remove(@StoreId() storeId: string, @ProductId() productId: string, @IfMatch() expectedVersion: number | undefined) {
    return sellerViewOfProduct(await this.changeProduct.archive({ storeId, productId, expectedVersion }));
  }

  @Post(':productId/publish')
  @ProductOperation('publishProduct', 'Put a product on sale', 200, ['PRODUCT_NOT_FOUND', 'PRODUCT_INCOMPLETE', 'INVALID_TRANSITION'])
  async publish(@StoreId() storeId: string, @ProductId() productId: string) {
    return sellerViewOfProduct(await this.changeProduct.publish({ storeId, productId }));
  }

  @Post(':productId/archive')
  @ProductOperation('archiveProduct', 'Take a product off sale', 200, ['PRODUCT_NOT_FOUND'])
  async archive(@StoreId() storeId: string, @ProductId() productId: string) {
    return sellerViewOfProduct(await this.changeProduct.archive({ storeId, productId }));
  }

  @Post(':productId/variants')
  @ProductOperation('addVariant', 'Add a variant', 201, ['PRODUCT_NOT_FOUND', 'SKU_TAKEN', 'CURRENCY_MISMATCH', 'VERSION_MISMATCH'])
  async addVariant(
    @StoreId() storeId: string,
    @ProductId() productId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() dto: NewVariantDto,
  ) {
    return sellerViewOfProduct(await this.changeProduct.addVariant({ storeId, productId, expectedVersion }, dto));
  }

  @Patch(':productId/variants/:variantId')
  @ProductOperation('changeVariant', 'Change a variant, its price for example', 200, [
    'PRODUCT_NOT_FOUND',
    'VARIANT_NOT_FOUND',
    'SKU_TAKEN',
    'CURRENCY_MISMATCH',
    'PRODUCT_INCOMPLETE',
    'VERSION_MISMATCH',
  ])
  async changeVariant(
    @StoreId() storeId: string,
    @ProductId() productId: string,
    @VariantId() variantId: string,
    @IfMatch() expectedVersion: number | undefined,
    @Body() dto: ChangeVariantDto,
  ) {
    const target = { storeId, productId, expectedVersion };
    return sellerViewOfProduct(await this.changeProduct.changeVariant(target, variantId, variantChangesOf(dto)));
  }
}
