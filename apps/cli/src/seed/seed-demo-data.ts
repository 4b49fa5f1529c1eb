import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '@daraa/accounts';
import { Catalog } from '@daraa/catalog';
import { SYSTEM } from '@daraa/kernel';
import { runInContext } from '@daraa/platform';
import { Stores } from '@daraa/stores';
import { DEMO_CATEGORIES } from '../demo-data/categories.js';
import type { DemoCategory } from '../demo-data/categories.js';
import { demoId } from '../demo-data/demo-ids.js';
import { DEMO_PASSWORD_HASH, DEMO_PEOPLE } from '../demo-data/people.js';
import { productsOf } from '../demo-data/products.js';
import type { DemoProduct } from '../demo-data/products.js';
import { DEMO_STORES } from '../demo-data/stores.js';
import { inParallel } from './in-parallel.js';

/** What a run found to do; nothing the second time. */
export interface SeedReport {
  readonly people: number;
  readonly stores: number;
  readonly categories: number;
  readonly products: number;
  /** Products that this run made or finished. */
  readonly added: number;
}

const FOUNDED = new Date('2026-01-05T08:00:00Z');
const AT_ONCE = 40;

/**
 * Puts the demo marketplace into the database, by the same front doors that everybody uses, so that stock and lists are true.
 * What exists already is left as it is, and what an interrupted run has begun is finished.
 */
export async function seedDemoData(marketplace: INestApplicationContext): Promise<SeedReport> {
  const [owners, categories] = await Promise.all([
    registerPeople(marketplace.get(Accounts)),
    createCategories(marketplace.get(Catalog), DEMO_CATEGORIES),
  ]);
  const storeIds = await openStores(marketplace.get(Stores), owners);
  const offers = storeIds.flatMap((storeId, index) => offersOf(storeId, index));
  const added = await sellProducts(marketplace.get(Catalog), offers, categories);
  return { people: DEMO_PEOPLE.length, stores: storeIds.length, categories: categories.size, products: offers.length, added };
}

/** Returns the accounts of the store owners, in their order. */
async function registerPeople(accounts: Accounts): Promise<string[]> {
  const registered = await inParallel(DEMO_PEOPLE, AT_ONCE, async ({ role, ...person }) => {
    const { accountId } = await inOneStep(() => accounts.registerVerified({ ...person, passwordHash: DEMO_PASSWORD_HASH, roles: [role] }));
    return role === 'store_owner' ? [accountId] : [];
  });
  return registered.flat();
}

/** Returns the ids by slug; parents come before their children. */
async function createCategories(catalog: Catalog, branches: readonly DemoCategory[], parentId?: string): Promise<Map<string, string>> {
  const ids = await Promise.all(
    branches.map(async ({ slug, name, children = [] }, position): Promise<[string, string][]> => {
      const categoryId = demoId('cat', slug, FOUNDED);
      const draft = { name, slug, position, ...(parentId === undefined ? {} : { parentId }) };
      await inOneStep(() => catalog.createCategory(draft, categoryId));
      return [[slug, categoryId], ...(await createCategories(catalog, children, categoryId))];
    }),
  );
  return new Map(ids.flat());
}

/** Returns the ids in the order of the stores. A store that exists is left in whatever state it is. */
async function openStores(stores: Stores, owners: readonly string[]): Promise<string[]> {
  const ids = DEMO_STORES.map(({ code }) => demoId('sto', code, FOUNDED));
  const states = new Map((await stores.findMany(ids)).map((store) => [store.id as string, store.status]));
  await Promise.all(
    DEMO_STORES.map(async ({ profile, code }, index) => {
      const id = demoId('sto', code, FOUNDED);
      const owner = owners[index];
      if (owner === undefined) throw new Error(`Nobody owns ${profile.name.en}.`);
      if (!states.has(id)) await inOneStep(() => stores.create(owner, profile, id));
      const status = states.get(id) ?? 'draft';
      if (status === 'draft') await inOneStep(() => stores.submit(id));
      if (status === 'draft' || status === 'submitted') await inOneStep(() => stores.approve(id));
    }),
  );
  return ids;
}

interface Offer {
  readonly product: DemoProduct;
  readonly storeId: string;
}

function offersOf(storeId: string, index: number): Offer[] {
  const store = DEMO_STORES[index];
  return store ? productsOf(store, index).map((product) => ({ product, storeId })) : [];
}

/** Returns how many products were not on sale yet. What somebody has archived stays archived. */
async function sellProducts(catalog: Catalog, offers: readonly Offer[], categories: ReadonlyMap<string, string>): Promise<number> {
  const states = await catalog.statesOf(offers.map(({ product }) => product.id));
  const open = offers.filter(({ product }) => (states.get(product.id) ?? 'draft') === 'draft');
  await inParallel(open, AT_ONCE, async ({ product, storeId }) => {
    const categoryId = categories.get(product.categorySlug);
    if (categoryId === undefined) throw new Error(`There is no category ${product.categorySlug}.`);
    await inOneStep(() => catalog.createProduct(storeId, { ...product.input, categoryId }, product.id));
    await inOneStep(() => catalog.publish(storeId, product.id));
  });
  return open.length;
}

/** Runs one command the way a request runs it: in a context of its own. */
function inOneStep<Result>(command: () => Promise<Result>): Promise<Result> {
  return runInContext({ correlationId: randomUUID(), actor: SYSTEM }, command);
}
