import { StateMachine } from '@daraa/kernel';

export const PRODUCT_STATUSES = ['draft', 'pending_review', 'active', 'archived'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** How a product moves: published at once, or by way of a review where the store is moderated; an archived one may come back. */
export const productStatuses = new StateMachine<ProductStatus>('product', {
  draft: ['pending_review', 'active', 'archived'],
  pending_review: ['draft', 'active', 'archived'],
  active: ['archived'],
  archived: ['active'],
});
