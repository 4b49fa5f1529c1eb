import { BooleanQuery, IntegerField, PageQuery, TextField } from '@daraa/platform';

const MOST_PIECES = 1_000_000;

/** Either `delta` or `count`. */
export class AdjustStockDto {
  @IntegerField({ min: -MOST_PIECES, max: MOST_PIECES, optional: true, example: 10, description: 'So many more, or (negative) fewer.' })
  delta?: number;

  @IntegerField({ min: 0, max: MOST_PIECES, optional: true, example: 42, description: 'So many were counted in all.' })
  count?: number;

  @TextField({ min: 1, max: 200, example: 'damage', description: 'Why; `purchase`, `return`, `damage` and `transfer` are kinds of their own.' })
  reason!: string;

  @TextField({ min: 1, max: 1000, optional: true, example: 'Broken in the store room.' }) note?: string;
}

export class StockQuery extends PageQuery {
  @BooleanQuery({ description: 'Only what is low or sold out.' }) low?: boolean;
}
