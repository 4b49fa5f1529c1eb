import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import {
  Authenticated, CurrentCaller, IdParam, IfMatch, Operation, paged, PageQuery, Public, PublicCache, RateLimit, Roles, StoreScope, TextParam,
} from '@daraa/platform';
import type { Caller } from '@daraa/platform';
import { OpenStore } from '../open-store.js';
import { RunStore } from '../run-store.js';
import { StoreQueries } from '../store-queries.js';
import { profileOf } from '../store-views.js';
import { ChangeStoreDto, OpenStoreDto } from './stores.dto.js';
import { StoreProfileResponse, StoreResponse } from './stores.response.js';

const ID_OR_SLUG = { pattern: /^[a-z0-9_-]{1,120}$/, example: 'old-town-coffee' };

/** Stores for everybody, and for those who own them. */
@Controller()
export class StoresController {
  constructor(
    private readonly openStore: OpenStore,
    private readonly runStore: RunStore,
    private readonly queries: StoreQueries,
  ) {}

  @Get('stores')
  @Public()
  @RateLimit('catalog')
  @PublicCache(30)
  @Operation({ id: 'listStores', tag: 'stores', summary: 'List the stores that sell', success: { status: 200, type: StoreResponse, list: 'page' } })
  async list(@Query() query: PageQuery) {
    return paged(await this.queries.listApproved(query));
  }

  // One path has one name for its parameter in the OpenAPI document: here `storeId` may be a slug as well.
  @Get('stores/:storeId')
  @Public()
  @RateLimit('catalog')
  @PublicCache(30)
  @Operation({
    id: 'getStore',
    tag: 'stores',
    summary: 'Show a store that sells, by its id or slug',
    success: { status: 200, type: StoreResponse },
    errors: ['STORE_NOT_FOUND'],
  })
  show(@TextParam('storeId', ID_OR_SLUG, 'STORE_NOT_FOUND') idOrSlug: string) {
    return this.queries.publicProfile(idOrSlug);
  }

  @Post('stores')
  @Roles('store_owner')
  @Operation({
    id: 'openStore',
    tag: 'stores',
    summary: 'Draft a store',
    success: { status: 201, type: StoreProfileResponse },
    errors: ['ACCOUNT_NOT_VERIFIED'],
  })
  async open(@CurrentCaller() caller: Caller, @Body() dto: OpenStoreDto) {
    if (!caller.verified) throw new DomainError('ACCOUNT_NOT_VERIFIED');
    return profileOf(await this.openStore.execute(caller.accountId, structuredClone(dto)));
  }

  @Get('me/stores')
  @Authenticated()
  @Operation({
    id: 'listMyStores',
    tag: 'stores',
    summary: 'List the stores that the caller owns',
    success: { status: 200, type: StoreProfileResponse, list: 'page' },
  })
  async listMine(@CurrentCaller() caller: Caller, @Query() query: PageQuery) {
    return paged(await this.queries.listOwned(caller.accountId, query));
  }

  @Get('stores/:storeId/profile')
  @StoreScope('settings')
  @Operation({
    id: 'getStoreProfile',
    tag: 'stores',
    summary: 'Show an own store in whatever state',
    success: { status: 200, type: StoreProfileResponse },
    errors: ['STORE_NOT_FOUND'],
  })
  profile(@IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string) {
    return this.queries.profile(storeId);
  }

  @Patch('stores/:storeId')
  @StoreScope('settings')
  @Operation({
    id: 'changeStore',
    tag: 'stores',
    summary: 'Change what a store says of itself',
    success: { status: 200, type: StoreProfileResponse },
    errors: ['STORE_NOT_FOUND', 'VERSION_MISMATCH'],
  })
  async change(
    @IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string,
    @IfMatch() version: number | undefined,
    @Body() dto: ChangeStoreDto,
  ) {
    return profileOf(await this.runStore.changeProfile(storeId, structuredClone(dto), version));
  }

  @Post('stores/:storeId/submit')
  @StoreScope('settings')
  @Operation({
    id: 'submitStore',
    tag: 'stores',
    summary: 'Ask the platform to review a store',
    success: { status: 200, type: StoreProfileResponse },
    errors: ['STORE_NOT_FOUND', 'INVALID_TRANSITION'],
  })
  async submit(@IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string) {
    return profileOf(await this.runStore.take('submit', storeId));
  }

  @Post('stores/:storeId/close')
  @StoreScope('settings')
  @Operation({
    id: 'closeStore',
    tag: 'stores',
    summary: 'End a store for good; running orders go on',
    success: { status: 200, type: StoreProfileResponse },
    errors: ['STORE_NOT_FOUND', 'INVALID_TRANSITION'],
  })
  async close(@IdParam('storeId', 'sto', 'STORE_NOT_FOUND') storeId: string) {
    return profileOf(await this.runStore.take('close', storeId));
  }
}
