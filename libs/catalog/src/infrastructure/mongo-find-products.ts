import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DomainError, isId, SLUG_PATTERN } from '@daraa/kernel';
import type { Page } from '@daraa/kernel';
import { Stores } from '@daraa/stores';
import type { Connection } from 'mongoose';
import { FindCategories } from '../application/find-categories.js';
import { FindProducts } from '../application/find-products.js';
import type { Suggestion } from '../application/find-products.js';
import { LISTINGS } from '../application/listings.js';
import { wordsOf } from '../application/product-question.js';
import type { ProductQuestion } from '../application/product-question.js';
import { cardOf, productViewOf, variantViewOf } from '../catalog.views.js';
import type { ProductCardView, ProductView, StoredProduct, VariantView } from '../catalog.views.js';
import type { Listing } from '../domain/listing.js';
import { normalise } from '../domain/search-text.js';
import { ListCounts } from './list-counts.js';
import { filterOf, sortOf } from './listing-query.js';
import type { Scope } from './listing-query.js';

const MOST_SUGGESTIONS = 10;

/** What a card shows; the words that it is found by stay in the database. */
const CARD = {
  slug: 1,
  name: 1,
  brand: 1,
  categoryId: 1,
  store: 1,
  image: 1,
  currency: 1,
  priceMin: 1,
  priceMax: 1,
  variants: 1,
  inStock: 1,
  ratingAverage: 1,
  ratingCount: 1,
  soldCount: 1,
  createdAt: 1,
} as const;

const VARIANT = {
  storeId: 1,
  store: 1,
  name: 1,
  slug: 1,
  status: 1,
  categoryId: 1,
  taxClass: 1,
  images: { $slice: 1 },
  variants: 1,
} as const;

/** FindProducts over the collections `catalog_listings` (lists) and `products` (details and variants). */
@Injectable()
export class MongoFindProducts extends FindProducts {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly stores: Stores,
    private readonly categories: FindCategories,
    private readonly counts: ListCounts,
  ) {
    super();
  }

  async list(question: ProductQuestion): Promise<Page<ProductCardView>> {
    const { page, limit } = question;
    const scope = await this.scopeOf(question);
    const isHopeless = scope === undefined || (question.q !== undefined && wordsOf(question) === '');
    if (isHopeless) return { items: [], total: 0, page, limit };
    const filter = filterOf(question, scope);
    const skip = (page - 1) * limit;
    const listings = await this.listings().find(filter, { projection: CARD }).sort(sortOf(question)).skip(skip).limit(limit).toArray();
    const isLastPage = listings.length < limit && (listings.length > 0 || page === 1);
    const total = isLastPage ? skip + listings.length : await this.counts.count(filter);
    return { items: listings.map(cardOf), total, page, limit };
  }

  async suggest(q: string): Promise<Suggestion[]> {
    const beginning = normalise(q);
    if (beginning === '') return [];
    const listings = await this.listings()
      .find({ visible: true, tails: { $regex: `^${beginning}` } }, { projection: { slug: 1, name: 1, image: 1 } })
      .limit(MOST_SUGGESTIONS)
      .toArray();
    return listings.map(({ _id, slug, name, image }) => ({ id: _id, slug, name, image }));
  }

  async show(idOrSlug: string): Promise<ProductView> {
    const product = await this.find(idOrSlug);
    if (!product || product.status !== 'active' || !product.store.selling) throw new DomainError('PRODUCT_NOT_FOUND');
    return productViewOf(product);
  }

  async variants(variantIds: readonly string[]): Promise<VariantView[]> {
    const wanted = new Set(variantIds);
    const products = await this.products()
      .find({ 'variants.variantId': { $in: [...wanted] } }, { projection: VARIANT })
      .toArray();
    return products.flatMap((product) =>
      product.variants.filter((variant) => wanted.has(variant.variantId)).map((variant) => variantViewOf(product, variant)),
    );
  }

  private async find(idOrSlug: string): Promise<StoredProduct | null> {
    const projection = { outbox: 0, metadata: 0 };
    if (isId('prod', idOrSlug)) return this.products().findOne({ _id: idOrSlug }, { projection });
    return SLUG_PATTERN.test(idOrSlug) ? this.products().findOne({ slug: idOrSlug }, { projection }) : null;
  }

  private async scopeOf({ category, store }: ProductQuestion): Promise<Scope | undefined> {
    const [categoryId, storeId] = await Promise.all([
      category === undefined ? undefined : this.categories.idOf(category),
      store === undefined ? undefined : this.stores.idOf(store),
    ]);
    const isUnknown = (category !== undefined && categoryId === undefined) || (store !== undefined && storeId === undefined);
    if (isUnknown) return undefined;
    return { ...(categoryId === undefined ? {} : { categoryId }), ...(storeId === undefined ? {} : { storeId }) };
  }

  private listings() {
    return this.connection.collection<Listing>(LISTINGS);
  }

  private products() {
    return this.connection.collection<StoredProduct>('products');
  }
}
