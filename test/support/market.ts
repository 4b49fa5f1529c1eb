import { Module } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Catalog, CatalogHttpModule } from '@daraa/catalog';
import type { ProductInput, SellerProductView, VariantInput } from '@daraa/catalog';
import { randomIds } from '@daraa/kernel';
import { AccessTokens, createHttpApplication, MessagingModule, MongoModule } from '@daraa/platform';
import type { Role } from '@daraa/platform';
import { Stores, StoresHttpModule } from '@daraa/stores';
import type { StoreView } from '@daraa/stores';
import type { Connection } from 'mongoose';

@Module({ imports: [MongoModule, MessagingModule, StoresHttpModule, CatalogHttpModule] })
class MarketModule {}

/** A reply of the API as tests look at it. */
export interface Reply<Data = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: {
    readonly success: boolean;
    readonly data: Data;
    readonly pagination?: { page: number; limit: number; total: number; totalPages: number; hasNext: boolean; hasPrev: boolean };
    readonly error?: { code: string; message: string; details: { field: string; message: string }[] };
  };
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** An access token. */
  readonly as?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Stores and catalog over HTTP, in a process of their own as far as MongoDB can tell. */
export class Market {
  readonly catalog: Catalog;
  readonly stores: Stores;
  readonly connection: Connection;

  constructor(readonly app: NestFastifyApplication) {
    this.catalog = app.get(Catalog, { strict: false });
    this.stores = app.get(Stores, { strict: false });
    this.connection = app.get<Connection>(getConnectionToken());
  }

  /** Starts one on the database at `uri`, with all indexes built. */
  static async start(uri: string): Promise<Market> {
    const environment = { MONGODB_URI: uri, RATE_LIMIT: 'off' as const };
    const app = await createHttpApplication(MarketModule, { environment, logger: false });
    await app.init();
    const market = new Market(app);
    await Promise.all(Object.values(market.connection.models).map((model) => model.init()));
    return market;
  }

  /** An access token of somebody with this role. */
  token(role: Role, accountId: string = randomIds.next('acc'), verified = true): string {
    return this.app.get(AccessTokens).sign({ accountId, roles: [role], sessionId: randomIds.next('ses'), verified }).token;
  }

  async call<Data = unknown>(path: string, { method = 'GET', as, body, headers = {} }: Call = {}): Promise<Reply<Data>> {
    const reply = await this.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...headers, ...(as === undefined ? {} : { authorization: `Bearer ${as}` }) },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() } as Reply<Data>;
  }

  /** An approved store. */
  async approvedStore(name = 'Old Town Coffee', ownerId: string = randomIds.next('acc')): Promise<StoreView> {
    const store = await this.stores.create(ownerId, storeProfile(name));
    await this.stores.submit(store.id);
    await this.stores.approve(store.id);
    return this.stores.get(store.id);
  }

  /** A category at the root, or below another. */
  async category(name: string, parentId?: string): Promise<string> {
    const draft = { name: { en: name }, ...(parentId === undefined ? {} : { parentId }) };
    return (await this.catalog.createCategory(draft)).categoryId;
  }

  /** A product on sale. */
  async product(storeId: string, categoryId: string, input: ProductOptions = {}): Promise<SellerProductView> {
    const product = await this.catalog.createProduct(storeId, productInput(categoryId, input));
    return this.catalog.publish(storeId, product.id);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

/** What an owner says of a store. */
export function storeProfile(name = 'Old Town Coffee') {
  return {
    name: { en: name },
    description: 'Freshly roasted since 1962.',
    address: { line1: '12 Rainbow Street', city: 'Amman', country: 'JO' },
    location: { lat: 31.9539, lng: 35.9106 },
  };
}

export type ProductOptions = Partial<Omit<ProductInput, 'variants'>> & { readonly variants?: readonly Partial<VariantInput>[] };

let skus = 0;

/** What a seller says of a product: one variant for 10.00 USD with 5 pieces where nothing else is said. */
export function productInput(categoryId: string, { variants = [{}], ...input }: ProductOptions = {}): ProductInput {
  return {
    categoryId,
    name: { en: 'Coffee cup' },
    description: 'Made by hand.',
    ...input,
    variants: variants.map((variant) => ({
      sku: `SKU-${(skus += 1)}`,
      options: {},
      price: { amount: 1000, currency: 'USD' },
      stock: 5,
      ...variant,
    })),
  };
}
