import { createHmac } from 'node:crypto';
import { Body, Controller, Delete, Get, Global, Header, Injectable, Module, Patch, Post, Query, Req } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import type { LightMyRequestResponse } from 'fastify';
import { DomainError, randomIds } from '@daraa/kernel';
import type { MoneyAmount } from '@daraa/kernel';
import {
  afterReply,
  AdminOnly,
  Authenticated,
  BooleanQuery,
  currentContext,
  CurrentCaller,
  IdempotencyClaim,
  Idempotent,
  IdField,
  IdParam,
  IfMatch,
  IntegerField,
  LocalisedTextField,
  MoneyField,
  mustMatchVersion,
  ObjectField,
  Operation,
  OptionalAuthentication,
  OptionalCaller,
  paged,
  PageQuery,
  Public,
  PublicCache,
  RateLimit,
  RawReply,
  Roles,
  StoreAccess,
  StoreScope,
  TextField,
  TextQuery,
} from '@daraa/platform';
import type { Caller, Claim, HttpRequest, LocalisedText } from '@daraa/platform';

/** A shop of cups with one route for everything that the HTTP platform promises. */
export const CUP_ID = 'cup_01jc4yqz8ke5f9h0mns2bvx6tw';
export const STORE_ID = 'store_01jc4yqz8ke5f9h0mns2bvx6tw';
export const ACCOUNT_ID = 'acc_01jc4yqz8ke5f9h0mns2bvx6tw';

class PartDto {
  @TextField({ min: 1, max: 20, example: 'handle' })
  name!: string;
}

class AddCupDto {
  @LocalisedTextField({ max: 80 })
  name!: LocalisedText;

  @MoneyField({ min: 1 })
  price!: MoneyAmount;

  @IntegerField({ min: 0, max: 1000, example: 12, optional: true })
  stock?: number;

  @ObjectField(() => PartDto, { each: true, maxItems: 5, optional: true })
  parts?: PartDto[];
}

class BuyDto {
  @IntegerField({ min: 1, max: 99 })
  quantity!: number;

  @TextField({ max: 200, example: 'blue', optional: true })
  note?: string;
}

class CupView {
  @IdField('cup')
  id!: string;

  @LocalisedTextField({ max: 80 })
  name!: LocalisedText;

  @MoneyField()
  price!: MoneyAmount;

  @IntegerField()
  version!: number;
}

class CupsQuery extends PageQuery {
  @BooleanQuery({ description: 'Only those that can be bought.' })
  inStock?: boolean;

  @TextQuery({ max: 200, example: 'blue' })
  q?: string;
}

/** What the tests watch and steer. */
@Injectable()
export class CupShelf {
  /** How often the command behind `POST /cups/orders` has run, and with which ids. */
  readonly runs: string[] = [];
  readonly afterReplies: string[] = [];
  /** The command waits for this before it ends. */
  gate: Promise<void> = Promise.resolve();
  /** The command throws this when it ends. */
  failure: Error | undefined;
}

const cup = { id: CUP_ID, name: { en: 'Cup' }, price: { amount: 2950, currency: 'USD' }, version: 7 };

@Controller('cups')
export class CupsController {
  constructor(private readonly shelf: CupShelf) {}

  @Get()
  @Public()
  @RateLimit('catalog')
  @Operation({ id: 'listCups', tag: 'cups', summary: 'List cups', success: { status: 200, type: CupView, list: 'page' } })
  list(@Query() query: CupsQuery) {
    return paged({ items: [{ query: { ...query } }], total: 41, page: query.page, limit: query.limit });
  }

  @Get('menu')
  @Public()
  @PublicCache(60)
  @Operation({ id: 'readMenu', tag: 'cups', summary: 'The menu', success: { status: 200, type: CupView } })
  menu() {
    return cup;
  }

  @Get('mine')
  @Roles('customer')
  @Operation({ id: 'myCups', tag: 'cups', summary: 'My cups', success: { status: 200, type: [CupView] } })
  mine(@CurrentCaller() caller: Caller) {
    return { caller, actor: currentContext().actor };
  }

  @Get('whoever')
  @OptionalAuthentication()
  @Operation({ id: 'anyCups', tag: 'cups', summary: 'Cups for anybody', success: { status: 200 } })
  whoever(@OptionalCaller() caller: Caller | undefined) {
    return { accountId: caller?.accountId ?? null };
  }

  @Get('large')
  @Public()
  @RateLimit('none')
  @Operation({ id: 'largeCup', tag: 'cups', summary: 'More than 1 KB', success: { status: 200 } })
  large() {
    return 'cup '.repeat(1000);
  }

  @Get('receipt')
  @Public()
  @Header('Content-Type', 'application/pdf')
  @Operation({ id: 'cupReceipt', tag: 'cups', summary: 'A file', success: { status: 200, raw: 'application/pdf' } })
  receipt() {
    return Buffer.from('%PDF-1.7');
  }

  @Get('broken')
  @Public()
  @Operation({ id: 'brokenCup', tag: 'cups', summary: 'A programming error', success: { status: 200 } })
  broken() {
    throw this.shelf.failure ?? new Error('the secret handle');
  }

  @Get('slow')
  @Public()
  @Operation({ id: 'slowCup', tag: 'cups', summary: 'Waits', success: { status: 200 } })
  async slow() {
    this.shelf.runs.push('slow');
    afterReply(() => this.shelf.afterReplies.push('slow'));
    await this.shelf.gate;
    return 'done';
  }

  @Post('contexts')
  @Public()
  @Operation({ id: 'cupContext', tag: 'cups', summary: 'The context', success: { status: 200 } })
  async context(@Body() body: BuyDto) {
    await new Promise((resolve) => setImmediate(resolve));
    afterReply(() => this.shelf.afterReplies.push(`${currentContext().correlationId} ${body.quantity}`));
    return { correlationId: currentContext().correlationId, ran: [...this.shelf.afterReplies] };
  }

  @Get(':cupId')
  @Public()
  @Operation({ id: 'readCup', tag: 'cups', summary: 'One cup', success: { status: 200, type: CupView }, errors: ['PRODUCT_NOT_FOUND'] })
  read(@IdParam('cupId', 'cup', 'PRODUCT_NOT_FOUND') id: string) {
    return { ...cup, id };
  }

  @Post()
  @Authenticated()
  @Operation({ id: 'addCup', tag: 'cups', summary: 'Add a cup', success: { status: 201, type: CupView } })
  add(@Body() dto: AddCupDto) {
    return { id: randomIds.next('cup'), ...dto };
  }

  @Post('orders')
  @OptionalAuthentication()
  @Idempotent({ required: true, mints: 'ord' })
  @Operation({ id: 'buyCup', tag: 'cups', summary: 'Buy a cup', success: { status: 201 }, errors: ['INSUFFICIENT_STOCK'] })
  async buy(@Body() dto: BuyDto, @IdempotencyClaim() claim: Claim | undefined) {
    const run = this.shelf.runs.push(claim?.resourceId ?? 'none');
    await this.shelf.gate;
    if (this.shelf.failure) throw this.shelf.failure;
    return { id: claim?.resourceId, quantity: dto.quantity, run };
  }

  @Post(':cupId/polish')
  @Public()
  @Idempotent({ required: false, mints: 'pol' })
  @Operation({ id: 'polishCup', tag: 'cups', summary: 'Polish a cup', success: { status: 200 } })
  polish(@IdParam('cupId', 'cup') id: string, @IdempotencyClaim() claim: Claim | undefined) {
    this.shelf.runs.push(id);
    return { id, claimed: claim !== undefined };
  }

  @Patch(':cupId')
  @Public()
  @Operation({
    id: 'changeCup',
    tag: 'cups',
    summary: 'Change a cup',
    success: { status: 200, type: CupView },
    errors: ['PRODUCT_NOT_FOUND'],
  })
  change(@IdParam('cupId', 'cup', 'PRODUCT_NOT_FOUND') id: string, @IfMatch() expected: number | undefined) {
    mustMatchVersion(expected, cup.version);
    return { ...cup, id, version: cup.version + 1 };
  }

  @Delete(':cupId')
  @Public()
  @Operation({ id: 'breakCup', tag: 'cups', summary: 'Break a cup', success: { status: 204 } })
  break(@IdParam('cupId', 'cup', 'PRODUCT_NOT_FOUND') _id: string) {
    return undefined;
  }
}

@Controller()
export class CupDeskController {
  @Get('stores/:storeId/cups')
  @StoreScope('catalog')
  @Operation({ id: 'storeCups', tag: 'desk', summary: "A store's cups", success: { status: 200 } })
  ofStore() {
    return 'cups';
  }

  @Get('admin/cups')
  @AdminOnly('cups.read')
  @Operation({ id: 'adminCups', tag: 'desk', summary: 'All cups', success: { status: 200 } })
  ofAll() {
    return 'cups';
  }

  @Post('webhooks/stripe')
  @Public()
  @RateLimit('none')
  @RawReply()
  @Operation({ id: 'cupWebhook', tag: 'desk', summary: 'A signed call', success: { status: 200 } })
  webhook(@Req() request: HttpRequest) {
    const signature = createHmac('sha256', 'cup')
      .update(request.rawBody ?? '')
      .digest('hex');
    if (signature !== request.headers['stripe-signature']) throw new DomainError('INVALID_SIGNATURE');
    return { received: true };
  }
}

const storesOfOne: Provider = {
  provide: StoreAccess,
  useValue: {
    mayAct: (accountId: string, storeId: string, permission: string) =>
      Promise.resolve(accountId === ACCOUNT_ID && storeId === STORE_ID && permission === 'catalog'),
  },
};

@Global()
@Module({})
class CupsModule {}

/** The cups with more controllers, providers and modules beside them. */
export function cupsModule(
  more: { controllers?: Type[]; providers?: Provider[]; imports?: (Type | DynamicModule)[]; withoutStores?: true } = {},
): DynamicModule {
  const providers = [CupShelf, ...(more.withoutStores ? [] : [storesOfOne]), ...(more.providers ?? [])];
  return {
    module: CupsModule,
    imports: more.imports ?? [],
    controllers: [CupsController, CupDeskController, ...(more.controllers ?? [])],
    providers,
    exports: providers,
  };
}

interface Reply {
  readonly status: number;
  readonly body: {
    success: boolean;
    data: unknown;
    pagination?: object;
    error?: { code: string; details: { field: string; message: string }[] };
  };
  /** `field: message` of every detail. */
  readonly details: string[];
}

/** What the tests look at of a reply. */
export function seen(response: LightMyRequestResponse): Reply {
  const body = response.json<Reply['body']>();
  return { status: response.statusCode, body, details: (body.error?.details ?? []).map(({ field, message }) => `${field}: ${message}`) };
}
