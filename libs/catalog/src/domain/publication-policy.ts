import { DomainError } from '@daraa/kernel';
import type { ErrorDetail } from '@daraa/kernel';
import type { ProductState } from './product-state.js';

/**
 * A product can be published when it has a name, a category that is shown, and at least one active variant, all of them with a
 * price above zero. Throws `PRODUCT_INCOMPLETE` with all that is missing.
 */
export function mustBePublishable(product: ProductState, categoryIsShown: boolean): void {
  const details: ErrorDetail[] = [];
  if (product.name.en.trim() === '') details.push({ field: 'name.en', message: 'Give the product a name.' });
  if (!categoryIsShown) details.push({ field: 'categoryId', message: 'Choose a category that is shown.' });
  if (!product.variants.some((variant) => variant.active)) {
    details.push({ field: 'variants', message: 'Add a variant that can be bought.' });
  }
  product.variants.forEach((variant, index) => {
    if (variant.active && variant.price.amount <= 0) {
      details.push({ field: `variants[${index}].price`, message: `Give ${variant.sku} a price above zero.` });
    }
  });
  if (details.length > 0) throw new DomainError('PRODUCT_INCOMPLETE', { details });
}
