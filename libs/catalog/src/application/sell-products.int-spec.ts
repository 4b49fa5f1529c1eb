import { randomIds } from '@daraa/kernel';
import { freshDatabase } from '../../../../test/support/database.js';
import { Market, productInput } from '../../../../test/support/market.js';
import type { Call } from '../../../../test/support/market.js';
import type { ProductCardView, SellerProductView } from '../catalog.views.js';

const database = freshDatabase();
let market: Market;
let ownerId: string;
let as: string;
let storeId: string;
let categoryId: string;

beforeAll(async () => {
  market = await Market.start(database.uri);
  ownerId = randomIds.next('acc');
  as = market.token('store_owner', ownerId);
  storeId = (await market.approvedStore('Main Street', ownerId)).id;
  categoryId = await market.category('Drinks');
});

afterAll(() => market.close());

const call = (path: string, options: Call = {}) => market.call<SellerProductView>(`/stores/${storeId}/products${path}`, { as, ...options });
const post = (path: string, body: object = {}) => call(path, { method: 'POST', body });
const create = (options: Parameters<typeof productInput>[1] = {}) => post('', productInput(categoryId, options));
const listed = async (id: string): Promise<ProductCardView | undefined> => {
  const cards = (await market.call<ProductCardView[]>(`/products?limit=100&category=${categoryId}`)).body.data;
  return cards.find((card) => card.id === id);
};
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code];

describe('a new product', () => {
  it('is a draft with all that its seller said and nothing that he may not say', async () => {
    const reply = await create({
      name: { en: 'Blue cup', ar: 'فنجان أزرق' },
      brand: 'Potters',
      tags: ['gift'],
      images: [{ url: 'https://example.com/1.jpg', alt: 'A cup' }, { url: 'https://example.com/2.jpg' }],
      attributes: { material: 'porcelain' },
      metadata: { shelf: 'B4' },
      variants: [
        {
          sku: 'CUP-M',
          options: { size: 'M' },
          price: { amount: 1200, currency: 'USD' },
          compareAtPrice: { amount: 1500, currency: 'USD' },
          stock: 3,
          weightGrams: 350,
        },
        { sku: 'CUP-L', options: { size: 'L' }, stock: 0 },
      ],
    });
    expect(reply.status).toBe(201);
    expect(reply.headers['etag']).toBe('"1"');
    expect(reply.body.data).toMatchObject({
      storeId,
      status: 'draft',
      slug: 'blue-cup',
      name: { en: 'Blue cup', ar: 'فنجان أزرق' },
      brand: 'Potters',
      categoryId,
      categoryPath: [categoryId],
      images: [{ url: 'https://example.com/1.jpg', alt: 'A cup' }, { url: 'https://example.com/2.jpg', alt: '' }],
      taxClass: 'standard',
      metadata: { shelf: 'B4' },
      variants: [
        { sku: 'CUP-M', options: { size: 'M' }, price: { amount: 1200, currency: 'USD' }, weightGrams: 350, inStock: true, active: true, requiresShipping: true },
        { sku: 'CUP-L', compareAtPrice: null, inStock: false },
      ],
      ratingAverage: 0,
      ratingCount: 0,
      soldCount: 0,
      version: 1,
    });
    expect((await market.call('/products/blue-cup')).status).toBe(404);
    const forbidden = await post('', { ...productInput(categoryId), status: 'active', soldCount: 9, storeId: 'sto_1' });
    expect(forbidden.body.error?.details.map((detail) => detail.field).sort()).toEqual(['soldCount', 'status', 'storeId']);
  });

  it('of a taken name gets a slug of its own, even at the same moment', async () => {
    const slugs = (await Promise.all(Array.from({ length: 6 }, () => create({ name: { en: 'Twin' } })))).map((reply) => reply.body.data.slug);
    expect(new Set(slugs).size).toBe(6);
    expect(slugs).toContain('twin');
  });

  it.each([
    ['variants[0].price.amount', { variants: [{ price: { amount: -1, currency: 'USD' } }] }],
    ['variants[0].price.amount', { variants: [{ price: { amount: 9.5, currency: 'USD' } }] }],
    ['variants[0].price', { variants: [{ price: { $gt: '' } as never }] }],
    ['variants[0].sku', { variants: [{ sku: ' ' }] }],
    ['variants[0].stock', { variants: [{ stock: -1 }] }],
    ['variants[0].options', { variants: [{ options: { 'a.b': 'c' } }] }],
    ['name', { name: 'Cup' as never }],
    ['images[0].url', { images: [{ url: 'javascript:alert(1)' }] }],
    ['tags[1]', { tags: ['ok', 'x'.repeat(41)] }],
  ])('with a wrong %s is refused by the name of the field', async (field, options) => {
    const reply = await create(options);
    expect(codeOf(reply)).toEqual([400, 'VALIDATION_ERROR']);
    expect(reply.body.error?.details.map((detail) => detail.field)).toEqual(expect.arrayContaining([expect.stringContaining(field)]));
  });

  it('is refused in a category that does not exist and in a foreign currency', async () => {
    const nowhere = await post('', productInput(randomIds.next('cat')));
    expect(codeOf(nowhere)).toEqual([404, 'CATEGORY_NOT_FOUND']);
    const foreign = await create({ variants: [{ price: { amount: 5, currency: 'EUR' } }] });
    expect(codeOf(foreign)).toEqual([422, 'CURRENCY_MISMATCH']);
  });

  it('is made once, however often the facade is asked with one id', async () => {
    const productId = randomIds.next('prod');
    const input = productInput(categoryId, { name: { en: 'Repeated' } });
    const [first, second] = await Promise.all([
      market.catalog.createProduct(storeId, input, productId),
      market.catalog.createProduct(storeId, input, productId),
    ]);
    expect(second).toEqual(first);
  });
});

describe('an SKU', () => {
  it('names one variant of a store, however many try at once; other stores have SKUs of their own', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => create({ variants: [{ sku: 'ONLY-ONE' }] })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    const refused = replies.find((reply) => reply.status === 409);
    expect(refused?.body.error).toMatchObject({ code: 'SKU_TAKEN', details: [{ message: expect.stringContaining('ONLY-ONE') }] });
    const other = await market.approvedStore('Side Street');
    await market.catalog.createProduct(other.id, productInput(categoryId, { variants: [{ sku: 'ONLY-ONE' }] }));
  });

  it('cannot be taken by a new variant, by renaming one, or twice in one product', async () => {
    await create({ variants: [{ sku: 'TAKEN' }] });
    const { id, variants } = (await create({ variants: [{ sku: 'FREE' }] })).body.data;
    expect(codeOf(await post(`/${id}/variants`, { sku: 'TAKEN', price: { amount: 5, currency: 'USD' } }))).toEqual([409, 'SKU_TAKEN']);
    const rename = await call(`/${id}/variants/${variants[0]?.id}`, { method: 'PATCH', body: { sku: 'TAKEN' } });
    expect(codeOf(rename)).toEqual([409, 'SKU_TAKEN']);
    expect(codeOf(await create({ variants: [{ sku: 'TWICE' }, { sku: 'TWICE' }] }))).toEqual([409, 'SKU_TAKEN']);
  });

  it('is missing from drafts without variants, of which a store may have several', async () => {
    expect((await create({ variants: [] })).status).toBe(201);
    expect((await create({ variants: [] })).status).toBe(201);
  });
});

describe('a product on sale', () => {
  it('is seen at once in lists, in detail and by those who sell it, and no more once it is archived', async () => {
    const { id, slug, variants } = (await create({ name: { en: 'Seen at once' } })).body.data;
    const variantIds = variants.map((variant) => variant.id);
    const isSellable = async () => (await market.catalog.variants(variantIds)).map((variant) => variant.sellable);
    expect(await listed(id)).toBeUndefined();
    expect(await isSellable()).toEqual([false]);
    const published = await post(`/${id}/publish`);
    expect(published.body.data).toMatchObject({ status: 'active', version: 2 });
    expect(await listed(id)).toMatchObject({ slug });
    expect((await market.call(`/products/${slug}`)).status).toBe(200);
    expect(await isSellable()).toEqual([true]);
    expect((await post(`/${id}/publish`)).body.data).toEqual(published.body.data);
    const archived = await call(`/${id}`, { method: 'DELETE' });
    expect(archived.body.data.status).toBe('archived');
    expect(await listed(id)).toBeUndefined();
    expect((await market.call(`/products/${slug}`)).status).toBe(404);
    expect(await isSellable()).toEqual([false]);
    expect((await post(`/${id}/archive`)).body.data).toEqual(archived.body.data);
  });

  it('must be complete', async () => {
    const { id } = (await create({ variants: [] })).body.data;
    const reply = await post(`/${id}/publish`);
    expect(codeOf(reply)).toEqual([422, 'PRODUCT_INCOMPLETE']);
    expect(reply.body.error?.details).toEqual([expect.objectContaining({ field: 'variants' })]);
  });

  it('must be in a category that is shown', async () => {
    const { categoryId: hidden } = await market.catalog.createCategory({ name: { en: 'Hidden' }, active: false });
    const { id } = (await post('', productInput(hidden))).body.data;
    expect((await post(`/${id}/publish`)).body.error?.details).toEqual([expect.objectContaining({ field: 'categoryId' })]);
  });

  it('shows a new price and a new variant at once', async () => {
    const { id, variants } = (await create({ variants: [{ price: { amount: 1000, currency: 'USD' } }] })).body.data;
    await post(`/${id}/publish`);
    await post(`/${id}/variants`, { sku: 'NEW-XL', price: { amount: 2000, currency: 'USD' }, stock: 0 });
    const change = { price: { amount: 800, currency: 'USD' }, compareAtPrice: { amount: 1000, currency: 'USD' } };
    await call(`/${id}/variants/${variants[0]?.id}`, { method: 'PATCH', body: change });
    expect(await listed(id)).toMatchObject({
      priceRange: { min: { amount: 800 }, max: { amount: 2000 } },
      variants: [{ ...change, inStock: true }, { sku: 'NEW-XL', inStock: false }],
    });
    const [variant] = await market.catalog.variants([variants[0]?.id ?? '']);
    expect(variant).toMatchObject({ ...change, productId: id, storeId, taxClass: 'standard', requiresShipping: true, sellable: true });
  });

  it('changes what its seller has read, and nothing newer', async () => {
    const { id } = (await create()).body.data;
    const change = (tag: string, body: object) => call(`/${id}`, { method: 'PATCH', body, headers: { 'if-match': tag } });
    const changed = await change('"1"', { brand: 'Potters', images: [{ url: 'https://example.com/1.jpg' }] });
    expect([changed.status, changed.headers['etag'], changed.body.data.brand]).toEqual([200, '"2"', 'Potters']);
    expect(codeOf(await change('"1"', { brand: null }))).toEqual([412, 'VERSION_MISMATCH']);
    expect((await change('"2"', { brand: 'Potters' })).body.data.version).toBe(2);
    expect((await change('"2"', { brand: null })).body.data).toMatchObject({ brand: null, images: [{ alt: '' }] });
    expect(codeOf(await change('"3"', { categoryId: randomIds.next('cat') }))).toEqual([404, 'CATEGORY_NOT_FOUND']);
    const stale = { method: 'PATCH' as const, body: { active: false }, headers: { 'if-match': '"1"' } };
    const { variants } = (await call(`/${id}`)).body.data;
    expect(codeOf(await call(`/${id}/variants/${variants[0]?.id}`, stale))).toEqual([412, 'VERSION_MISMATCH']);
  });

  it('moves to another category with its listing', async () => {
    const { id } = (await create()).body.data;
    await post(`/${id}/publish`);
    const other = await market.category('Elsewhere', categoryId);
    await call(`/${id}`, { method: 'PATCH', body: { categoryId: other } });
    expect(await listed(id)).toMatchObject({ categoryId: other });
    const cards = await market.call<ProductCardView[]>(`/products?category=${other}`);
    expect(cards.body.data.map((card) => card.id)).toEqual([id]);
  });
});

describe("a store's products", () => {
  it('are listed in whatever state, newest first', async () => {
    const drafts = await call('?status=draft&limit=100');
    const data = drafts.body.data as unknown as SellerProductView[];
    expect(new Set(data.map((product) => product.status))).toEqual(new Set(['draft']));
    expect(drafts.body.pagination?.total).toBe(data.length);
    const ids = data.map((product) => product.id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect((await call('?status=lost')).status).toBe(400);
  });

  it('are touched by nobody else', async () => {
    const { id, variants } = (await create()).body.data;
    const other = await market.approvedStore('Neighbour', randomIds.next('acc'));
    const neighbour = market.token('store_owner', other.ownerId);
    const variant = `/variants/${variants[0]?.id}`;
    const routes = [['GET', ''], ['PATCH', ''], ['DELETE', ''], ['POST', '/publish'], ['POST', '/archive'], ['PATCH', variant]] as const;
    for (const [method, path] of routes) {
      const body = method === 'GET' ? {} : { body: {} };
      const intruder = await market.call(`/stores/${storeId}/products/${id}${path}`, { method, as: neighbour, ...body });
      expect(codeOf(intruder)).toEqual([404, 'STORE_NOT_FOUND']);
      const smuggler = await market.call(`/stores/${other.id}/products/${id}${path}`, { method, as: neighbour, ...body });
      expect(codeOf(smuggler)).toEqual([404, 'PRODUCT_NOT_FOUND']);
      expect((await market.call(`/stores/${storeId}/products/${id}${path}`, { method, ...body })).status).toBe(401);
    }
  });
});

describe('categories', () => {
  const admin = () => market.token('admin');
  const createCategory = (body: object) =>
    market.call<{ id: string; slug: string; path: string[] }>('/admin/categories', { method: 'POST', as: admin(), body });

  it('are shown as a tree in their order, without hidden branches', async () => {
    const root = (await createCategory({ name: { en: 'House', ar: 'المنزل' }, slug: 'house', position: 50 })).body.data;
    const second = (await createCategory({ name: { en: 'Bath' }, parentId: root.id, position: 2 })).body.data;
    const first = (await createCategory({ name: { en: 'Kitchen' }, parentId: root.id, position: 1 })).body.data;
    const hidden = (await createCategory({ name: { en: 'Attic' }, parentId: root.id, active: false })).body.data;
    await createCategory({ name: { en: 'Trunk' }, parentId: hidden.id });
    const leaf = (await createCategory({ name: { en: 'Pots' }, parentId: first.id })).body.data;
    expect(leaf.path).toEqual([root.id, first.id, leaf.id]);
    const tree = (await market.call<{ id: string; children: unknown[] }[]>('/categories')).body.data;
    expect(tree.find((category) => category.id === root.id)).toMatchObject({
      slug: 'house',
      name: { en: 'House', ar: 'المنزل' },
      parentId: null,
      children: [
        { id: first.id, children: [{ id: leaf.id, children: [] }] },
        { id: second.id, children: [] },
      ],
    });
  });

  it('have slugs of their own', async () => {
    await createCategory({ name: { en: 'Toys' }, slug: 'toys' });
    expect(codeOf(await createCategory({ name: { en: 'Toys' }, slug: 'toys' }))).toEqual([409, 'SLUG_TAKEN']);
    const { id, slug } = (await createCategory({ name: { en: 'Toys' } })).body.data;
    expect(slug).toMatch(/^toys-.{6}$/);
    const rename = await market.call(`/admin/categories/${id}`, { method: 'PATCH', as: admin(), body: { slug: 'toys' } });
    expect(codeOf(rename)).toEqual([409, 'SLUG_TAKEN']);
  });

  it('are arranged by admins alone, and only below what exists', async () => {
    expect((await market.call('/admin/categories', { method: 'POST', as, body: { name: { en: 'Mine' } } })).status).toBe(403);
    expect(codeOf(await createCategory({ name: { en: 'Lost' }, parentId: randomIds.next('cat') }))).toEqual([404, 'CATEGORY_NOT_FOUND']);
    expect(codeOf(await createCategory({ name: { en: 'Odd' }, slug: 'Not A Slug' }))).toEqual([400, 'VALIDATION_ERROR']);
    const all = await market.call<unknown[]>('/admin/categories?limit=100', { as: admin() });
    expect(all.body.pagination?.total).toBe(all.body.data.length);
  });
});

describe('variants for those who sell them', () => {
  it('come in one query, each once, and those that do not exist are left out', async () => {
    const product = await market.product(storeId, categoryId, { images: [{ url: 'https://example.com/p.jpg' }], variants: [{ image: 'https://example.com/v.jpg' }, {}] });
    const [own, plain] = product.variants.map((variant) => variant.id);
    let finds = 0;
    const listen = ({ commandName }: { commandName: string }) => (finds += commandName === 'find' ? 1 : 0);
    market.connection.getClient().on('commandStarted', listen);
    const views = await market.catalog.variants([own ?? '', plain ?? '', own ?? '', randomIds.next('var')]);
    market.connection.getClient().off('commandStarted', listen);
    expect(finds).toBe(1);
    expect(views.map(({ variantId, image }) => [variantId, image])).toEqual([[own, 'https://example.com/v.jpg'], [plain, 'https://example.com/p.jpg']]);
    expect(await market.catalog.variants([])).toEqual([]);
  });
});
