import { Controller, Get, Query } from '@nestjs/common';
import { Operation, paged, Public, PublicCache, RateLimit, TextParam } from '@daraa/platform';
import { FindProducts } from '../application/find-products.js';
import { ProductSearchQuery, ProductsQuery, SuggestQuery } from './products.dto.js';
import { ProductCardResponse, ProductResponse, SuggestionResponse } from './products.response.js';

const ID_OR_SLUG = { pattern: /^[a-z0-9_-]{1,120}$/, example: 'coffee-cup' };

/** What everybody sees of the catalog: products that are on sale in stores that sell. */
@Controller('products')
export class ProductsController {
  constructor(private readonly findProducts: FindProducts) {}

  @Get()
  @Public()
  @RateLimit('catalog')
  @PublicCache(10)
  @Operation({ id: 'listProducts', tag: 'catalog', summary: 'List products', success: { status: 200, type: ProductCardResponse, list: 'page' } })
  async list(@Query() query: ProductsQuery) {
    return paged(await this.findProducts.list(query));
  }

  @Get('search')
  @Public()
  @RateLimit('catalog')
  @PublicCache(10)
  @Operation({
    id: 'searchProducts',
    tag: 'catalog',
    summary: 'Search products, the best match first',
    success: { status: 200, type: ProductCardResponse, list: 'page' },
  })
  async search(@Query() query: ProductSearchQuery) {
    return paged(await this.findProducts.list(query));
  }

  @Get('suggest')
  @Public()
  @RateLimit('catalog')
  @PublicCache(60)
  @Operation({
    id: 'suggestProducts',
    tag: 'catalog',
    summary: 'Suggest products while typing',
    success: { status: 200, type: [SuggestionResponse] },
  })
  suggest(@Query() query: SuggestQuery) {
    return this.findProducts.suggest(query.q);
  }

  @Get(':idOrSlug')
  @Public()
  @RateLimit('catalog')
  @PublicCache(10)
  @Operation({
    id: 'getProduct',
    tag: 'catalog',
    summary: 'Show a product, by its id or slug',
    success: { status: 200, type: ProductResponse },
    errors: ['PRODUCT_NOT_FOUND'],
  })
  show(@TextParam('idOrSlug', ID_OR_SLUG, 'PRODUCT_NOT_FOUND') idOrSlug: string) {
    return this.findProducts.show(idOrSlug);
  }
}
