import type { ProductChanges } from '../application/change-product.js';
import type { ProductDraft, VariantDraft } from '../application/create-product.js';
import type { VariantChanges } from '../domain/product.js';
import type { ChangeProductDto, ChangeVariantDto, CreateProductDto, ImageDto, NewVariantDto } from './store-products.dto.js';

const imageOf = ({ url, alt }: ImageDto) => ({ url, alt: alt ?? '' });

/** What a body says of a new variant, with what it leaves out filled in. */
export function variantDraftOf(dto: NewVariantDto): VariantDraft {
  return {
    sku: dto.sku,
    options: { ...dto.options },
    price: { ...dto.price },
    compareAtPrice: dto.compareAtPrice ? { ...dto.compareAtPrice } : null,
    weightGrams: dto.weightGrams ?? null,
    barcode: dto.barcode ?? null,
    image: dto.image ?? null,
    requiresShipping: dto.requiresShipping ?? true,
    initialStock: dto.stock ?? 0,
  };
}

/** What a body says of a new product, with what it leaves out filled in. */
export function productDraftOf(dto: CreateProductDto): ProductDraft {
  return {
    details: {
      name: { ...dto.name },
      description: dto.description,
      brand: dto.brand ?? null,
      tags: dto.tags ?? [],
      images: (dto.images ?? []).map(imageOf),
      attributes: { ...dto.attributes },
      taxClass: dto.taxClass ?? 'standard',
      metadata: { ...dto.metadata },
    },
    categoryId: dto.categoryId,
    variants: dto.variants.map(variantDraftOf),
  };
}

/** The changes that a body names. */
export function productChangesOf({ images, ...dto }: ChangeProductDto): ProductChanges {
  return { ...structuredClone(dto), ...(images === undefined ? {} : { images: images.map(imageOf) }) };
}

/** The changes that a body names. */
export function variantChangesOf(dto: ChangeVariantDto): VariantChanges {
  return structuredClone({ ...dto });
}
