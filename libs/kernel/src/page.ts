/** Which page of a list is wanted: `page` from 1, `limit` at most 100. */
export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

/** One page of a list and how many there are in all. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
}

/** One stretch of a list that is read on from `nextCursor`; null at the end. */
export interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly limit: number;
  readonly nextCursor: string | null;
}
