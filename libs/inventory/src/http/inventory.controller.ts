import { Controller, Get } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { IdParam, Operation, Public, PublicCache, RateLimit } from '@daraa/platform';
import { StockQueries } from '../application/stock-queries.js';
import { AvailabilityResponse } from './inventory.response.js';

/** What everybody may know of the stock. */
@Controller('inventory')
export class InventoryController {
  constructor(private readonly queries: StockQueries) {}

  @Get(':variantId')
  @Public()
  @PublicCache(0)
  @RateLimit('catalog')
  @Operation({
    id: 'getAvailability',
    tag: 'inventory',
    summary: 'How much of a variant can be bought',
    success: { status: 200, type: AvailabilityResponse },
    errors: ['VARIANT_NOT_FOUND'],
  })
  async get(@IdParam('variantId', 'var', 'VARIANT_NOT_FOUND') variantId: string): Promise<AvailabilityResponse> {
    const found = (await this.queries.availabilityOf([variantId])).get(variantId);
    if (!found) throw new DomainError('VARIANT_NOT_FOUND');
    const { available, inStock, lowStock } = found;
    return { variantId, available, inStock, lowStock };
  }
}
