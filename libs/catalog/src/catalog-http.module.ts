import { Module } from '@nestjs/common';
import { CatalogModule } from './catalog.module.js';
import { AdminCategoriesController, CategoriesController } from './http/categories.controller.js';
import { ProductsController } from './http/products.controller.js';
import { StoreProductsController } from './http/store-products.controller.js';

@Module({
  imports: [CatalogModule],
  controllers: [ProductsController, StoreProductsController, CategoriesController, AdminCategoriesController],
})
export class CatalogHttpModule {}
