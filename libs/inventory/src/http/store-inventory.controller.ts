import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { IdSource } from '@daraa/kernel';
import { IdempotencyClaim, Idempotent, IdParam, IDS, Operation, paged, PageQuery, StoreScope } from '@daraa/platform';
import type { Claim } from '@daraa/platform';
import { AdjustStock } from '../application/adjust-stock.js';
import type { AdjustmentSize } from '../application/adjust-stock.js';
import { StockQueries } from '../application/stock-queries.js';
import { AdjustStockDto, StockQuery } from './inventory.dto.js';
import { MovementResponse, StockCountResponse, StockResponse } from './inventory.response.js';

/** A store's desk for its stock. */
@Controller('stores/:storeId/inventory')
@StoreScope('inventory')
export class StoreInventoryController {
  constructor(
    private readonly adjustStock: AdjustStock,
    private readonly queries: StockQueries,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  @Get()
  @Operation({
    id: 'listStock',
    tag: 'store inventory',
    summary: "The store's stock",
    success: { status: 200, type: StockResponse, list: 'page' },
  })
  async list(@IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string, @Query() query: StockQuery) {
    return paged(await this.queries.ofStore(storeId, query, query.low ?? false));
  }

  @Get(':variantId/movements')
  @Operation({
    id: 'listStockMovements',
    tag: 'store inventory',
    summary: "What came and went of a variant, newest first",
    success: { status: 200, type: MovementResponse, list: 'page' },
    errors: ['VARIANT_NOT_FOUND'],
  })
  async movements(
    @IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string,
    @IdParam('variantId', 'var', 'VARIANT_NOT_FOUND') variantId: string,
    @Query() query: PageQuery,
  ) {
    return paged(await this.queries.movementsOf(storeId, variantId, query));
  }

  @Post(':variantId/adjustments')
  @Idempotent({ required: false, mints: 'adj' })
  @Operation({
    id: 'adjustStock',
    tag: 'store inventory',
    summary: 'Correct what is on hand, by a difference or by a count',
    description: 'Pieces that are reserved for buyers cannot be taken away.',
    success: { status: 200, type: StockCountResponse },
    errors: ['VARIANT_NOT_FOUND', 'STOCK_BELOW_RESERVED', 'CONFLICT'],
  })
  async adjust(
    @IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string,
    @IdParam('variantId', 'var', 'VARIANT_NOT_FOUND') variantId: string,
    @Body() dto: AdjustStockDto,
    @IdempotencyClaim() claim: Claim | undefined,
  ): Promise<StockCountResponse> {
    const { onHand, reserved, available } = await this.adjustStock.execute({
      adjustmentId: claim?.resourceId ?? this.ids.next('adj'),
      storeId,
      variantId,
      size: sizeOf(dto),
      reason: dto.reason,
      note: dto.note,
    });
    return { variantId, onHand, reserved, available };
  }
}

function sizeOf({ delta, count }: AdjustStockDto): AdjustmentSize {
  if (delta !== undefined && count === undefined && delta !== 0) return { delta };
  if (count !== undefined && delta === undefined) return { count };
  const message = delta === 0 ? 'must not be 0' : 'send either delta or count';
  throw new DomainError('VALIDATION_ERROR', { details: [{ field: 'delta', message }] });
}
