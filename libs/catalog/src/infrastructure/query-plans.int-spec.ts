import { getConnectionToken } from '@nestjs/mongoose';
import { randomIds } from '@daraa/kernel';
import { ConfigurationModule, MessagingModule, MongoModule } from '@daraa/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CommandStartedEvent, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { freshDatabase } from '../../../../test/support/database.js';
import { FindCategories } from '../application/find-categories.js';
import { FindProducts } from '../application/find-products.js';
import { FindStoreProducts } from '../application/find-store-products.js';
import { SORTS } from '../application/product-question.js';
import type { ProductQuestion } from '../application/product-question.js';
import { StoreCopies } from '../application/store-copies.js';
import { CatalogModule } from '../catalog.module.js';
import { listingOf } from '../domain/listing.js';

const database = freshDatabase();
const STORES = Array.from({ length: 5 }, () => randomIds.next('sto'));
const CATEGORIES = Array.from({ length: 5 }, () => randomIds.next('cat'));


@Module({ imports: [ConfigurationModule.forRoot({ MONGODB_URI: database.uri }), MongoModule, MessagingModule, CatalogModule] })
class CatalogAlone {}

const products = Array.from({ length: 800 }, (_each, index) => productAt(index));
const shown = products.find((product) => product.status === 'active' && product.store.selling) as ReturnType<typeof productAt>;
let app: INestApplicationContext;
let connection: Connection;

beforeAll(async () => {
  app = await NestFactory.createApplicationContext(CatalogAlone, { logger: false });
  connection = app.get<Connection>(getConnectionToken());
  await Promise.all(Object.values(connection.models).map((model) => model.init()));
  await connection.collection('products').insertMany(products as never[]);
  await connection.collection('catalog_listings').insertMany(products.map(({ _id, version, ...state }) => listingOf(_id, version, state)) as never[]);
  await connection.collection('categories').insertMany(CATEGORIES.map((_id, position) => ({ _id, slug: `c${position}`, active: true, position })) as never[]);
});

afterAll(() => app.close());

function productAt(index: number) {
  const storeId = STORES[index % STORES.length] ?? '';
  const categoryId = CATEGORIES[(index >> 3) % CATEGORIES.length] ?? '';
  return {
    _id: randomIds.next('prod'),
    version: 1,
    storeId,
    store: { id: storeId, version: 1, name: { en: 'Store' }, slug: `store-${storeId.slice(-5)}`, selling: index % 10 > 0 },
    currency: 'USD',
    slug: `product-${index}`,
    name: { en: `Product ${index} ${index % 7 === 0 ? 'lamp' : 'cup'}` },
    description: 'Made by hand.',
    brand: `Brand ${index % 13}`,
    tags: [],
    images: [],
    attributes: {},
    taxClass: 'standard',
    metadata: {},
    categoryId,
    categoryPath: [CATEGORIES[0] ?? '', categoryId],
    status: index % 4 > 0 ? ('active' as const) : ('draft' as const),
    publishedAt: null,
    variants: [
      {
        variantId: randomIds.next('var'),
        sku: `SKU-${index}`,
        options: {},
        price: { amount: 100 + ((index * 37) % 5000), currency: 'USD' },
        compareAtPrice: null,
        weightGrams: null,
        barcode: null,
        image: null,
        requiresShipping: true,
        active: true,
        availability: { inStock: index % 3 > 0, sequence: 0 },
      },
    ],
    ratingAverage: index % 6,
    ratingCount: 1,
    soldCount: (index * 13) % 97,
  };
}

/** What the server did for one read. */
interface Plan {
  readonly stages: readonly string[];
  readonly keys: number;
  readonly documents: number;
  readonly returned: number;
}

/** Runs some reads and lets the server explain each of them, as it was sent. */
async function plansOf(read: () => Promise<unknown>): Promise<Plan[]> {
  const commands: Document[] = [];
  const listen = (event: CommandStartedEvent) => {
    if (['find', 'aggregate', 'count'].includes(event.commandName)) commands.push(event.command);
  };
  const client = connection.getClient();
  client.on('commandStarted', listen);
  await read();
  client.off('commandStarted', listen);
  return Promise.all(commands.map(explain));
}

async function explain(command: Document): Promise<Plan> {
  const { lsid: _session, $db: _database, $clusterTime: _time, $readPreference: _preference, writeConcern: _concern, ...plain } = command;
  const explained = await connection.db?.command({ explain: plain, verbosity: 'executionStats' });
  if (!explained) throw new Error('not connected');
  const stats = (explained['executionStats'] ?? explained['stages']?.[0]?.['$cursor']?.executionStats) as Document;
  const stages = new Set<string>();
  collectStages(explained['queryPlanner']?.winningPlan ?? explained['stages']?.[0]?.['$cursor']?.queryPlanner?.winningPlan ?? {}, stages);
  return { stages: [...stages], keys: stats['totalKeysExamined'], documents: stats['totalDocsExamined'], returned: stats['nReturned'] };
}

function collectStages(plan: Document, stages: Set<string>): void {
  if (typeof plan['stage'] === 'string') stages.add(plan['stage']);
  const below = [plan['inputStage'], plan['queryPlan'], ...((plan['inputStages'] as Document[] | undefined) ?? [])];
  for (const each of below) if (each) collectStages(each as Document, stages);
}

const page = { page: 1, limit: 24 };
const SCOPES: Record<string, Partial<ProductQuestion>> = {
  everywhere: {},
  'in a category': { category: CATEGORIES[1] ?? '' },
  'in a category by slug': { category: 'c2' },
  'of a store': { store: STORES[1] ?? '' },
  'of a brand': { brand: 'Brand 3' },
};
const FILTERS: Record<string, Partial<ProductQuestion>> = {
  'of any kind': {},
  'within a price range': { minPrice: 500, maxPrice: 2500 },
  'well rated': { rating: 4 },
  'in stock': { inStock: true },
  'of all that at once': { minPrice: 500, maxPrice: 2500, rating: 2, inStock: true },
};
const EVERY_ORDER = SORTS.flatMap((sortBy) => (['asc', 'desc'] as const).map((sortOrder) => ({ sortBy, sortOrder })));
const QUESTIONS = Object.entries(SCOPES).flatMap(([scope, narrowed]) =>
  Object.entries(FILTERS).map(([filter, filtered]) => ({ name: `${scope}, ${filter}`, question: { ...narrowed, ...filtered, ...page } })),
);

describe('every list of products', () => {
  it.each(QUESTIONS)('uses an index, in every order: $name', async ({ question }) => {
    const finder = app.get(FindProducts);
    for (const order of EVERY_ORDER) {
      const plans = await plansOf(() => finder.list({ ...question, ...order }));
      expect(plans.flatMap((plan) => plan.stages)).not.toContain('COLLSCAN');
    }
  });

  it.each(QUESTIONS)('uses an index when words are searched: $name', async ({ question }) => {
    const finder = app.get(FindProducts);
    for (const sortBy of ['relevance', 'price'] as const) {
      const plans = await plansOf(() => finder.list({ ...question, sortBy, q: 'lamp' }));
      expect(plans.flatMap((plan) => plan.stages)).not.toContain('COLLSCAN');
    }
  });

  it.each(Object.entries(SCOPES))('reads no more than it shows: %s', async (_name, narrowed) => {
    for (const order of EVERY_ORDER) {
      const plans = await plansOf(() => app.get(FindProducts).list({ ...narrowed, ...order, ...page }));
      const listing = plans.find((plan) => plan.returned === page.limit);
      expect(listing).toMatchObject({ documents: page.limit });
      expect(listing?.stages).not.toContain('SORT');
      for (const other of plans) if (other !== listing) expect(other.documents).toBeLessThanOrEqual(1);
    }
  });
});

describe('every other query of the catalog', () => {
  const QUERIES: Record<string, () => Promise<unknown>> = {
    'a product by id': () => app.get(FindProducts).show(shown._id),
    'a product by slug': () => app.get(FindProducts).show(shown.slug),
    suggestions: () => app.get(FindProducts).suggest('lam'),
    'variants of a cart': () => app.get(FindProducts).variants(products.slice(0, 5).flatMap((product) => product.variants[0]?.variantId ?? [])),
    "a store's products": () => app.get(FindStoreProducts).list(shown.storeId, undefined, page),
    "a store's drafts": () => app.get(FindStoreProducts).list(shown.storeId, 'draft', page),
    "one of a store's products": () => app.get(FindStoreProducts).show(shown.storeId, shown._id),
    'the tree of categories': () => app.get(FindCategories).tree(),
    'all categories': () => app.get(FindCategories).list({ page: 1, limit: 2 }),
    'products behind their store': () => app.get(StoreCopies).keep({ ...shown.store, version: 2 }),
  };

  it.each(Object.keys(QUERIES))('uses an index and reads no more than it shows: %s', async (name) => {
    const plans = await plansOf(QUERIES[name] ?? (() => Promise.resolve()));
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.flatMap((plan) => plan.stages)).not.toContain('COLLSCAN');
    for (const plan of plans) expect(plan.documents).toBeLessThanOrEqual(Math.max(1, plan.returned));
  });
});
