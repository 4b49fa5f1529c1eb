import { defineEvent } from '@daraa/kernel';

/** Variants exist now, with the stock their seller named. */
export const VariantsAdded = defineEvent<{
  readonly productId: string;
  readonly storeId: string;
  readonly variants: readonly { readonly variantId: string; readonly sku: string; readonly initialStock: number }[];
}>('catalog.VariantsAdded');

interface ProductFact {
  readonly productId: string;
  readonly storeId: string;
}

export const ProductPublished = defineEvent<ProductFact>('catalog.ProductPublished');
export const ProductUpdated = defineEvent<ProductFact>('catalog.ProductUpdated');
export const ProductArchived = defineEvent<ProductFact>('catalog.ProductArchived');
export const PriceChanged = defineEvent<ProductFact & { readonly variantIds: readonly string[] }>('catalog.PriceChanged');
