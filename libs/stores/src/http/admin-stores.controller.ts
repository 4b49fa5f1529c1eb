import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { AdminOnly, IdParam, Operation, paged } from '@daraa/platform';
import { RunStore } from '../run-store.js';
import { StoreQueries } from '../store-queries.js';
import { profileOf } from '../store-views.js';
import type { StoreProfileView } from '../store-views.js';
import { AdminStoresQuery, ReviewStoreDto } from './stores.dto.js';
import { StoreProfileResponse } from './stores.response.js';

const StoreId = () => IdParam('storeId', 'sto', 'STORE_NOT_FOUND');

function ReviewOperation(id: string, summary: string): MethodDecorator {
  return Operation({
    id,
    tag: 'admin stores',
    summary,
    success: { status: 200, type: StoreProfileResponse },
    errors: ['STORE_NOT_FOUND', 'INVALID_TRANSITION'],
  });
}

/** The platform reviews stores and takes them off the market. Repeating a step answers the store unchanged. */
@Controller('admin/stores')
export class AdminStoresController {
  constructor(
    private readonly runStore: RunStore,
    private readonly queries: StoreQueries,
  ) {}

  @Get()
  @AdminOnly('stores.review')
  @Operation({
    id: 'listAllStores',
    tag: 'admin stores',
    summary: 'List stores of all states or of one',
    success: { status: 200, type: StoreProfileResponse, list: 'page' },
  })
  async list(@Query() query: AdminStoresQuery) {
    return paged(await this.queries.listAll(query.status, query));
  }

  @Post(':storeId/approve')
  @AdminOnly('stores.review')
  @ReviewOperation('approveStore', 'Let a submitted store sell')
  approve(@StoreId() storeId: string, @Body() dto: ReviewStoreDto): Promise<StoreProfileView> {
    return this.take('approve', storeId, dto);
  }

  @Post(':storeId/reject')
  @AdminOnly('stores.review')
  @ReviewOperation('rejectStore', 'Refuse a submitted store; its owner may submit it again')
  reject(@StoreId() storeId: string, @Body() dto: ReviewStoreDto): Promise<StoreProfileView> {
    return this.take('reject', storeId, dto);
  }

  @Post(':storeId/suspend')
  @AdminOnly('stores.suspend')
  @ReviewOperation('suspendStore', 'Take a store off the market; running orders go on')
  suspend(@StoreId() storeId: string, @Body() dto: ReviewStoreDto): Promise<StoreProfileView> {
    return this.take('suspend', storeId, dto);
  }

  @Post(':storeId/reinstate')
  @AdminOnly('stores.suspend')
  @ReviewOperation('reinstateStore', 'Let a suspended store sell again')
  reinstate(@StoreId() storeId: string, @Body() dto: ReviewStoreDto): Promise<StoreProfileView> {
    return this.take('reinstate', storeId, dto);
  }

  private async take(step: 'approve' | 'reject' | 'suspend' | 'reinstate', storeId: string, dto: ReviewStoreDto): Promise<StoreProfileView> {
    return profileOf(await this.runStore.take(step, storeId, dto.reason));
  }
}
