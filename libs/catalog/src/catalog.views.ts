import { timeOf } from '@daraa/kernel';
import type { LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { Category, CategoryState } from './domain/category.js';
import type { Listing } from './domain/listing.js';
import type { Product } from './domain/product.js';
import type { ProductImage, ProductState } from './domain/product-state.js';
import type { ProductStatus } from './domain/product-status.js';
import type { Variant } from './domain/variant.js';

export type StoredProduct = ProductState & { readonly _id: string; readonly version: number };
export type StoredCategory = CategoryState & { readonly _id: string; readonly version: number };

export interface StoreBadge {
  readonly id: string;
  readonly name: LocalisedText;
  readonly slug: string;
}

/** A variant as other contexts sell it. */
export interface VariantView {
  readonly variantId: string;
  readonly productId: string;
  readonly storeId: string;
  readonly store: StoreBadge & { readonly selling: boolean };
  readonly sku: string;
  readonly name: LocalisedText;
  readonly slug: string;
  readonly options: Readonly<Record<string, string>>;
  readonly image: string | null;
  readonly price: MoneyAmount;
  readonly compareAtPrice: MoneyAmount | null;
  readonly taxClass: string;
  readonly categoryId: string;
  readonly requiresShipping: boolean;
  readonly weightGrams: number | null;
  /** The product and the variant are active and the store sells. */
  readonly sellable: boolean;
}

/** A product in a list. */
export interface ProductCardView {
  readonly id: string;
  readonly slug: string;
  readonly name: LocalisedText;
  readonly brand: string | null;
  readonly categoryId: string;
  readonly store: StoreBadge;
  readonly image: string | null;
  readonly priceRange: { readonly min: MoneyAmount; readonly max: MoneyAmount };
  readonly variants: readonly {
    readonly id: string;
    readonly sku: string;
    readonly options: Readonly<Record<string, string>>;
    readonly price: MoneyAmount;
    readonly compareAtPrice: MoneyAmount | null;
    readonly inStock: boolean;
  }[];
  readonly inStock: boolean;
  readonly ratingAverage: number;
  readonly ratingCount: number;
  readonly soldCount: number;
  readonly createdAt: Date;
}

export interface ProductVariantView {
  readonly id: string;
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly price: MoneyAmount;
  readonly compareAtPrice: MoneyAmount | null;
  readonly weightGrams: number | null;
  readonly barcode: string | null;
  readonly image: string | null;
  readonly requiresShipping: boolean;
  readonly inStock: boolean;
}

/** A product with all that a buyer wants to know. */
export interface ProductView {
  readonly id: string;
  readonly slug: string;
  readonly name: LocalisedText;
  readonly description: string;
  readonly brand: string | null;
  readonly categoryId: string;
  readonly categoryPath: readonly string[];
  readonly tags: readonly string[];
  readonly images: readonly ProductImage[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly store: StoreBadge;
  readonly variants: readonly ProductVariantView[];
  readonly inStock: boolean;
  readonly ratingAverage: number;
  readonly ratingCount: number;
  readonly soldCount: number;
  readonly createdAt: Date;
}

/** A product as its seller sees it, in whatever state. */
export interface SellerProductView extends Omit<ProductView, 'variants'> {
  readonly storeId: string;
  readonly status: ProductStatus;
  readonly publishedAt: Date | null;
  readonly taxClass: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly variants: readonly (ProductVariantView & { readonly active: boolean })[];
  readonly version: number;
}

export interface CategoryView {
  readonly id: string;
  readonly slug: string;
  readonly name: LocalisedText;
  readonly parentId: string | null;
  readonly position: number;
}

/** A category with those below it, in their order. */
export interface CategoryBranchView extends CategoryView {
  readonly children: readonly CategoryBranchView[];
}

/** A category as the platform's admins see it. */
export interface AdminCategoryView extends CategoryView {
  readonly path: readonly string[];
  readonly active: boolean;
  readonly version: number;
}

function badgeOf({ id, name, slug }: StoreBadge): StoreBadge {
  return { id, name, slug };
}

export function cardOf(listing: Listing): ProductCardView {
  const { currency } = listing;
  return {
    id: listing._id,
    slug: listing.slug,
    name: listing.name,
    brand: listing.brand,
    categoryId: listing.categoryId,
    store: badgeOf(listing.store),
    image: listing.image,
    priceRange: { min: { amount: listing.priceMin, currency }, max: { amount: listing.priceMax, currency } },
    variants: listing.variants.map(({ variantId, sku, options, price, compareAtPrice, inStock }) => ({
      id: variantId,
      sku,
      options,
      price,
      compareAtPrice,
      inStock,
    })),
    inStock: listing.inStock,
    ratingAverage: listing.ratingAverage,
    ratingCount: listing.ratingCount,
    soldCount: listing.soldCount,
    createdAt: listing.createdAt,
  };
}

function productVariantOf(variant: Variant): ProductVariantView {
  return {
    id: variant.variantId,
    sku: variant.sku,
    options: variant.options,
    price: variant.price,
    compareAtPrice: variant.compareAtPrice,
    weightGrams: variant.weightGrams,
    barcode: variant.barcode,
    image: variant.image,
    requiresShipping: variant.requiresShipping,
    inStock: variant.availability.inStock,
  };
}

/** The product as buyers see it: without variants that cannot be bought. */
export function productViewOf(product: StoredProduct): ProductView {
  const variants = product.variants.filter((variant) => variant.active).map(productVariantOf);
  return {
    id: product._id,
    slug: product.slug,
    name: product.name,
    description: product.description,
    brand: product.brand,
    categoryId: product.categoryId,
    categoryPath: product.categoryPath,
    tags: product.tags,
    images: product.images.map(({ url, alt }) => ({ url, alt })),
    attributes: product.attributes,
    store: badgeOf(product.store),
    variants,
    inStock: variants.some((variant) => variant.inStock),
    ratingAverage: product.ratingAverage,
    ratingCount: product.ratingCount,
    soldCount: product.soldCount,
    createdAt: new Date(timeOf(product._id)),
  };
}

export function sellerViewOf(product: StoredProduct): SellerProductView {
  return {
    ...productViewOf(product),
    storeId: product.storeId,
    status: product.status,
    publishedAt: product.publishedAt,
    taxClass: product.taxClass,
    metadata: product.metadata,
    variants: product.variants.map((variant) => ({ ...productVariantOf(variant), active: variant.active })),
    version: product.version,
  };
}

/** The seller's view of a product at hand. */
export function sellerViewOfProduct(product: Product): SellerProductView {
  const { id, version, state } = product.snapshot();
  return sellerViewOf({ ...state, _id: id, version });
}

export function variantViewOf(product: StoredProduct, variant: Variant): VariantView {
  const { store } = product;
  return {
    variantId: variant.variantId,
    productId: product._id,
    storeId: product.storeId,
    store: { id: store.id, name: store.name, slug: store.slug, selling: store.selling },
    sku: variant.sku,
    name: product.name,
    slug: product.slug,
    options: variant.options,
    image: variant.image ?? product.images[0]?.url ?? null,
    price: variant.price,
    compareAtPrice: variant.compareAtPrice,
    taxClass: product.taxClass,
    categoryId: product.categoryId,
    requiresShipping: variant.requiresShipping,
    weightGrams: variant.weightGrams,
    sellable: product.status === 'active' && variant.active && store.selling,
  };
}

export function categoryViewOf(category: StoredCategory): CategoryView {
  return { id: category._id, slug: category.slug, name: category.name, parentId: category.parentId, position: category.position };
}

export function adminCategoryViewOf(category: StoredCategory): AdminCategoryView {
  return { ...categoryViewOf(category), path: category.path, active: category.active, version: category.version };
}

/** The admins' view of a category at hand. */
export function adminViewOfCategory(category: Category): AdminCategoryView {
  const { id, version, state } = category.snapshot();
  return adminCategoryViewOf({ ...state, _id: id, version });
}
