import { Body, Controller, Get, Module, Patch, Post, Query } from '@nestjs/common';
import { DomainError, randomIds } from '@daraa/kernel';
import {
  Authenticated, BooleanQuery, CurrentCaller, IdField, IdParam, Idempotent, IdempotencyClaim, IfMatch, IntegerField, LocalisedTextField,
  MoneyField, mustMatchVersion, ObjectField, Operation, paged, PageQuery, Public, RateLimit, TextField,
} from '../index.js';
import type { Caller, Claim } from '../index.js';

class PartDto {
  @TextField({ min: 1, max: 20, example: 'handle' })
  name!: string;
}

class AddCupDto {
  @LocalisedTextField({ max: 80 })
  name!: { en: string; ar?: string };

  @MoneyField({ min: 1 })
  price!: { amount: number; currency: string };

  @IntegerField({ min: 0, max: 1000, example: 12 })
  stock!: number;

  @ObjectField(() => PartDto, { each: true, maxItems: 5, optional: true })
  parts?: PartDto[];
}

class CupView {
  @IdField('cup')
  id!: string;

  @LocalisedTextField({ max: 80 })
  name!: { en: string; ar?: string };

  @MoneyField()
  price!: { amount: number; currency: string };

  @IntegerField()
  version!: number;
}

class CupsQuery extends PageQuery {
  @BooleanQuery({ description: 'Only those that can be bought.' })
  inStock?: boolean;
}

@Controller('cups')
export class CupsController {
  @Get()
  @Public()
  @RateLimit('catalog')
  @Operation({ id: 'listCups', tag: 'cups', summary: 'List cups', success: { status: 200, type: CupView, list: 'page' } })
  list(@Query() query: CupsQuery) {
    return paged({ items: [{ query }], total: 41, page: query.page, limit: query.limit });
  }

  @Post()
  @Authenticated()
  @Idempotent({ required: false, mints: 'cup' })
  @Operation({ id: 'addCup', tag: 'cups', summary: 'Add a cup', success: { status: 201, type: CupView }, errors: ['CONFLICT'] })
  add(@CurrentCaller() caller: Caller, @Body() dto: AddCupDto, @IdempotencyClaim() claim: Claim | undefined) {
    return { id: claim?.resourceId ?? randomIds.next('cup'), by: caller.accountId, ...dto, version: 1 };
  }

  @Patch(':cupId')
  @Public()
  @Operation({ id: 'changeCup', tag: 'cups', summary: 'Change a cup', success: { status: 200, type: CupView }, errors: ['PRODUCT_NOT_FOUND'] })
  change(@IdParam('cupId', 'cup', 'PRODUCT_NOT_FOUND') id: string, @IfMatch() version: number | undefined) {
    mustMatchVersion(version, 1);
    if (id === '') throw new DomainError('CONFLICT');
    return { id, version: 2 };
  }
}

@Module({ controllers: [CupsController] })
export class CupsModule {}
