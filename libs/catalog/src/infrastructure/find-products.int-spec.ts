import { randomIds } from '@daraa/kernel';
import { freshDatabase } from '../../../../test/support/database.js';
import { Market } from '../../../../test/support/market.js';
import type { ProductOptions } from '../../../../test/support/market.js';
import type { ProductCardView } from '../catalog.views.js';

const database = freshDatabase();
let market: Market;
let storeId: string;
let storeSlug: string;
let otherStoreId: string;
let drinks: string;
let coffee: string;
let garden: string;

const price = (amount: number) => ({ amount, currency: 'USD' });

/** What the shop of these tests sells, oldest first. */
const GOODS: readonly (ProductOptions & { slug: string; in: 'drinks' | 'coffee' | 'garden'; other?: true; rated?: number; sold?: number })[] = [
  { slug: 'red-mug', in: 'drinks', name: { en: 'Red mug' }, brand: 'Potters', variants: [{ price: price(1200) }], rated: 4.5, sold: 9 },
  { slug: 'blue-cup', in: 'drinks', name: { en: 'Blue cup', ar: 'فنجان أزرق' }, brand: 'Potters', variants: [{ price: price(900) }, { price: price(1500) }] },
  { slug: 'arabica', in: 'coffee', name: { en: 'Arabica beans', ar: 'بن قهوة عربية' }, tags: ['cup of morning'], variants: [{ price: price(2500) }], rated: 5, sold: 40 },
  { slug: 'robusta', in: 'coffee', name: { en: 'Robusta beans' }, description: 'For a strong cup.', variants: [{ price: price(1800), stock: 0 }], rated: 3 },
  { slug: 'lamp', in: 'garden', name: { en: 'Garden lamp', ar: 'إضاءة الحديقة' }, brand: 'Café Lumière', variants: [{ price: price(4000) }], sold: 1 },
  { slug: 'rake', in: 'garden', name: { en: 'Rake' }, other: true, variants: [{ price: price(3000) }] },
];

beforeAll(async () => {
  market = await Market.start(database.uri);
  ({ id: storeId, slug: storeSlug } = await market.approvedStore('Main Street'));
  otherStoreId = (await market.approvedStore('Side Street')).id;
  drinks = await market.category('Drinks');
  coffee = await market.category('Coffee', drinks);
  garden = await market.category('Garden');
  const categories = { drinks, coffee, garden };
  for (const { slug, in: where, other, rated, sold, ...input } of GOODS) {
    const { id } = await market.product(other ? otherStoreId : storeId, categories[where], { ...input, name: { ...input.name, en: input.name?.en ?? slug } });
    const known = { ratingAverage: rated ?? 0, soldCount: sold ?? 0, slug };
    await market.connection.collection('catalog_listings').updateOne({ _id: id as never }, { $set: known });
    await market.connection.collection('products').updateOne({ _id: id as never }, { $set: known });
  }
});

afterAll(() => market.close());

const list = (query: string) => market.call<ProductCardView[]>(`/products${query}`);
const slugs = async (query: string) => (await list(query)).body.data.map((card) => card.slug);

describe('the list of products', () => {
  it('shows a card with its variants, prices and availability', async () => {
    const [card] = (await list('?q=blue')).body.data;
    expect(card).toMatchObject({
      slug: 'blue-cup',
      name: { en: 'Blue cup', ar: 'فنجان أزرق' },
      brand: 'Potters',
      categoryId: drinks,
      store: { id: storeId, slug: storeSlug, name: { en: 'Main Street' } },
      image: null,
      priceRange: { min: price(900), max: price(1500) },
      variants: [{ price: price(900), inStock: true }, { price: price(1500), inStock: true }],
      inStock: true,
      ratingAverage: 0,
      ratingCount: 0,
      soldCount: 0,
    });
    expect(Object.keys(card ?? {})).not.toContain('search');
    expect(card?.store).not.toHaveProperty('selling');
  });

  it.each([
    ['', ['rake', 'lamp', 'robusta', 'arabica', 'blue-cup', 'red-mug']],
    ['?sortBy=newest&sortOrder=asc', ['red-mug', 'blue-cup', 'arabica', 'robusta', 'lamp', 'rake']],
    ['?sortBy=price', ['blue-cup', 'red-mug', 'robusta', 'arabica', 'rake', 'lamp']],
    ['?sortBy=price&sortOrder=desc', ['lamp', 'rake', 'arabica', 'robusta', 'red-mug', 'blue-cup']],
    ['?sortBy=rating&limit=3', ['arabica', 'red-mug', 'robusta']],
    ['?sortBy=best_selling&limit=3', ['arabica', 'red-mug', 'lamp']],
    ['?sortBy=relevance', ['rake', 'lamp', 'robusta', 'arabica', 'blue-cup', 'red-mug']],
  ])('is sorted: %s', async (query, expected) => {
    expect(await slugs(query)).toEqual(expected);
  });

  it.each([
    ['?category=drinks&sortBy=price', ['blue-cup', 'red-mug', 'robusta', 'arabica']],
    ['?category=coffee&sortBy=price', ['robusta', 'arabica']],
    ['?category=nowhere', []],
    ['?store=side-street', ['rake']],
    ['?store=no-such-store', []],
    ['?brand=potters&sortBy=price', ['blue-cup', 'red-mug']],
    ['?brand=cafe%20lumiere', ['lamp']],
    ['?minPrice=1800&maxPrice=3000&sortBy=price', ['robusta', 'arabica', 'rake']],
    ['?maxPrice=1000', ['blue-cup']],
    ['?minPrice=3001', ['lamp']],
    ['?rating=4&sortBy=rating', ['arabica', 'red-mug']],
    ['?inStock=false', ['robusta']],
    ['?inStock=true&category=coffee', ['arabica']],
    ['?category=drinks&brand=Potters&minPrice=1000&rating=4&inStock=true', ['red-mug']],
  ])('is narrowed: %s', async (query, expected) => {
    expect(await slugs(query)).toEqual(expected);
  });

  it('names categories and stores by id as well', async () => {
    expect(await slugs(`?category=${coffee}&sortBy=price`)).toEqual(['robusta', 'arabica']);
    expect(await slugs(`?store=${otherStoreId}`)).toEqual(['rake']);
    expect(await slugs(`?category=${randomIds.next('cat')}`)).toEqual([]);
  });

  it('comes in pages that add up, each product on one of them', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?limit=2&sortBy=price&page=${page}`)));
    expect(pages.map((page) => page.body.pagination)).toEqual([
      { page: 1, limit: 2, total: 6, totalPages: 3, hasNext: true, hasPrev: false },
      { page: 2, limit: 2, total: 6, totalPages: 3, hasNext: true, hasPrev: true },
      { page: 3, limit: 2, total: 6, totalPages: 3, hasNext: false, hasPrev: true },
      { page: 4, limit: 2, total: 6, totalPages: 3, hasNext: false, hasPrev: true },
    ]);
    expect(pages.flatMap((page) => page.body.data.map((card) => card.slug))).toEqual(await slugs('?sortBy=price'));
  });

  it('says how many there are on a last page that is not full', async () => {
    expect((await list('?limit=4&page=2')).body).toMatchObject({ data: [{}, {}], pagination: { total: 6, totalPages: 2, hasNext: false } });
  });

  it.each(['page=0', 'limit=101', 'limit=x', 'sortBy=size', 'sortOrder=up', 'minPrice=-1', 'inStock=maybe', 'rating=6', 'colour=red', 'q=a&q=b', `q=${'x'.repeat(201)}`])(
    'refuses a question it does not understand: %s',
    async (query) => {
      const reply = await list(`?${query}`);
      expect([reply.status, reply.body.error?.code]).toEqual([400, 'VALIDATION_ERROR']);
      expect(reply.body.error?.details).toHaveLength(1);
    },
  );

  it('may be kept by everybody for a moment, and asked for again by its tag', async () => {
    const first = await list('');
    expect(first.headers['cache-control']).toBe('public, max-age=10');
    const again = await market.call('/products', { headers: { 'if-none-match': String(first.headers['etag']) } });
    expect(again.status).toBe(304);
  });
});

describe('search', () => {
  it('puts a name before a tag before a description', async () => {
    expect(await slugs('/search?q=cup')).toEqual(['blue-cup', 'arabica', 'robusta']);
  });

  it.each([
    ['CUP blue', 'blue-cup'],
    ['فنجان ازرق', 'blue-cup'],
    ['إضاءه', 'lamp'],
    ['اضاءة', 'lamp'],
    ['قَهْوَة', 'arabica'],
    ['lumière', 'lamp'],
    ['-garden', 'lamp'],
  ])('finds, first of all, for %s', async (q, expected) => {
    expect((await slugs(`/search?q=${encodeURIComponent(q)}`))[0]).toBe(expected);
  });

  it('can be narrowed and sorted like the list', async () => {
    expect(await slugs('/search?q=cup&sortBy=price&sortOrder=desc')).toEqual(['arabica', 'robusta', 'blue-cup']);
    expect(await slugs('/search?q=cup&category=coffee')).toEqual(['arabica', 'robusta']);
  });

  it('finds nothing where nothing is named, and needs words', async () => {
    expect(await slugs('/search?q=unheard')).toEqual([]);
    expect(await slugs('/search?q=%21%21')).toEqual([]);
    expect((await list('/search')).body.error?.details).toEqual([expect.objectContaining({ field: 'q' })]);
    expect((await list('/search?q=%20')).status).toBe(400);
  });
});

describe('suggestions', () => {
  const suggest = async (q: string) =>
    (await market.call<{ slug: string }[]>(`/products/suggest?q=${encodeURIComponent(q)}`)).body.data.map((each) => each.slug);

  it.each([
    ['Blu', ['blue-cup']],
    ['bean', ['arabica', 'robusta']],
    ['blue c', ['blue-cup']],
    ['قهو', ['arabica']],
    ['.*', []],
    ['^', []],
    ['lue', []],
  ])('for %s', async (q, expected) => {
    expect((await suggest(q)).sort()).toEqual(expected);
  });
});

describe('a product', () => {
  it('is shown by its id and by its slug', async () => {
    const bySlug = await market.call<{ id: string }>('/products/blue-cup');
    expect(bySlug.body.data).toMatchObject({ slug: 'blue-cup', categoryPath: [drinks], description: 'Made by hand.', inStock: true });
    expect(bySlug.body.data).not.toHaveProperty('metadata');
    expect(bySlug.body.data).not.toHaveProperty('version');
    const byId = await market.call(`/products/${bySlug.body.data.id}`);
    expect(byId.body.data).toEqual(bySlug.body.data);
  });

  it.each(['no-such-product', 'prod_01jc4yqz8ke5f9h0mns2bvx6tw', '$where', 'UPPER', '-', '%00'])('that does not exist is 404: %s', async (idOrSlug) => {
    const reply = await market.call(`/products/${idOrSlug}`);
    expect([reply.status, reply.body.error?.code]).toEqual([404, 'PRODUCT_NOT_FOUND']);
  });
});
