export type { CategoryDraft } from './application/arrange-categories.js';
export type { ProductInput, VariantInput } from './application/product-input.js';
export type { NotedAvailability } from './application/product-records.js';
export { Catalog } from './catalog.facade.js';
export { CatalogHttpModule } from './catalog-http.module.js';
export { CatalogModule } from './catalog.module.js';
export type { ProductVariantView, SellerProductView, VariantView } from './catalog.views.js';
export type { ProductStatus } from './domain/product-status.js';
