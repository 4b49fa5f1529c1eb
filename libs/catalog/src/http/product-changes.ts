import type { ProductChanges } from '../application/change-product.js';
import { imageOf } from '../application/product-input.js';
import type { VariantChanges } from '../domain/product.js';
import type { ChangeProductDto, ChangeVariantDto } from './store-products.dto.js';

/** The changes that a body names. */
export function productChangesOf({ images, ...dto }: ChangeProductDto): ProductChanges {
  return { ...structuredClone(dto), ...(images === undefined ? {} : { images: images.map(imageOf) }) };
}

/** The changes that a body names. */
export function variantChangesOf(dto: ChangeVariantDto): VariantChanges {
  return structuredClone({ ...dto });
}
