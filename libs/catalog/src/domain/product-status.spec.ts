import { PRODUCT_STATUSES, productStatuses } from './product-status.js';

describe('a product', () => {
  it('moves as the table says and in no other way', () => {
    const moves = PRODUCT_STATUSES.flatMap((from) =>
      PRODUCT_STATUSES.filter((to) => from !== to && productStatuses.allows(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(moves).toEqual([
      'draft → pending_review',
      'draft → active',
      'draft → archived',
      'pending_review → draft',
      'pending_review → active',
      'pending_review → archived',
      'active → archived',
      'archived → active',
    ]);
  });
});
