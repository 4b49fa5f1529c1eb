import { BooleanQuery, EnumQuery, IntegerQuery, PageQuery, TextQuery } from '@daraa/platform';
import { SORTS } from '../application/product-question.js';
import type { ProductQuestion, SortBy, SortOrder } from '../application/product-question.js';

const ID_OR_SLUG = /^[a-z0-9_-]*$/;

/** What a list of products is narrowed to and in which order it comes. */
export class ProductsQuery extends PageQuery implements ProductQuestion {
  @TextQuery({ max: 200, example: 'blue cup', description: 'Words of names, brand, tags and description, in Arabic or English.' })
  q?: string;

  @TextQuery({ max: 120, pattern: ID_OR_SLUG, example: 'kitchen', description: 'Id or slug; what stands below it is included.' })
  category?: string;

  @TextQuery({ max: 120, pattern: ID_OR_SLUG, example: 'old-town-coffee', description: 'Id or slug.' })
  store?: string;

  @TextQuery({ max: 80, example: 'Al-Quds Ceramics' })
  brand?: string;

  @IntegerQuery({ min: 0, example: 500, description: 'Minor units.' })
  minPrice?: number;

  @IntegerQuery({ min: 0, example: 5000, description: 'Minor units.' })
  maxPrice?: number;

  @IntegerQuery({ min: 0, max: 5, example: 4, description: 'At least so many stars.' })
  rating?: number;

  @BooleanQuery({ description: 'Only what can be had at once, or only what cannot.' })
  inStock?: boolean;

  @EnumQuery(SORTS, { name: 'ProductSort', description: 'Relevance where words are searched, else newest.' })
  sortBy?: SortBy;

  @EnumQuery(['asc', 'desc'], { name: 'SortOrder', description: 'Prices rise, all else falls where nothing is said.' })
  sortOrder?: SortOrder;
}

export class ProductSearchQuery extends ProductsQuery {
  @TextQuery({ required: true, min: 1, max: 200, example: 'blue cup', description: 'Words of names, brand, tags and description.' })
  override q!: string;
}

export class SuggestQuery {
  @TextQuery({ required: true, min: 1, max: 200, example: 'blu', description: 'What is typed so far.' })
  q!: string;
}
