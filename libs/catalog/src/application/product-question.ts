import type { PageRequest } from '@daraa/kernel';
import { normalise } from '../domain/search-text.js';

export const SORTS = ['relevance', 'price', 'rating', 'newest', 'best_selling'] as const;
export type SortBy = (typeof SORTS)[number];
export type SortOrder = 'asc' | 'desc';

/** What a buyer asks of the list of products. Categories and stores are named by id or slug, prices in minor units. */
export interface ProductQuestion extends PageRequest {
  readonly q?: string;
  readonly category?: string;
  readonly store?: string;
  readonly brand?: string;
  readonly minPrice?: number;
  readonly maxPrice?: number;
  /** At least so many stars. */
  readonly rating?: number;
  readonly inStock?: boolean;
  readonly sortBy?: SortBy;
  readonly sortOrder?: SortOrder;
}

/** The words of a search; none where it holds nothing that could be found. */
export function wordsOf(question: Pick<ProductQuestion, 'q'>): string {
  return normalise(question.q ?? '');
}
