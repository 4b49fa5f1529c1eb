import type { Filter, Sort } from 'mongodb';
import { wordsOf } from '../application/product-question.js';
import type { ProductQuestion, SortBy } from '../application/product-question.js';
import type { Listing } from '../domain/listing.js';
import { normalise } from '../domain/search-text.js';

/** The ids behind the names in a question. */
export interface Scope {
  readonly categoryId?: string;
  readonly storeId?: string;
}

/** Which listings answer the question. */
export function filterOf(question: ProductQuestion, scope: Scope): Filter<Listing> {
  const words = wordsOf(question);
  const { minPrice, maxPrice, rating, inStock } = question;
  const hasPrice = minPrice !== undefined || maxPrice !== undefined;
  return {
    visible: true,
    ...(words === '' ? {} : { $text: { $search: words } }),
    ...(scope.categoryId === undefined ? {} : { categoryPath: scope.categoryId }),
    ...(scope.storeId === undefined ? {} : { 'store.id': scope.storeId }),
    ...(question.brand === undefined ? {} : { brandKey: normalise(question.brand) }),
    ...(hasPrice ? { priceMin: { $gte: minPrice ?? 0, $lte: maxPrice ?? Number.MAX_SAFE_INTEGER } } : {}),
    ...(rating === undefined ? {} : { ratingAverage: { $gte: rating } }),
    ...(inStock === undefined ? {} : { inStock }),
  };
}

const FIELDS: Readonly<Record<Exclude<SortBy, 'relevance' | 'newest'>, string>> = {
  price: 'priceMin',
  rating: 'ratingAverage',
  best_selling: 'soldCount',
};

/**
 * In which order they come: the best match first where words are searched, else the newest; prices rise, all else falls where
 * nothing is said. The id ends every order, in the same direction, so that an index can be read either way.
 */
export function sortOf(question: ProductQuestion): Sort {
  const hasWords = wordsOf(question) !== '';
  const sortBy = question.sortBy ?? (hasWords ? 'relevance' : 'newest');
  if (sortBy === 'relevance' && hasWords) return { score: { $meta: 'textScore' }, _id: -1 };
  const direction = (question.sortOrder ?? (sortBy === 'price' ? 'asc' : 'desc')) === 'asc' ? 1 : -1;
  if (sortBy === 'relevance' || sortBy === 'newest') return { _id: direction };
  return { [FIELDS[sortBy]]: direction, _id: direction };
}
