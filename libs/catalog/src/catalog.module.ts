import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AggregatesModule } from '@daraa/platform';
import { StoresModule } from '@daraa/stores';
import { ArrangeCategories } from './application/arrange-categories.js';
import { ChangeProduct } from './application/change-product.js';
import { CreateProduct } from './application/create-product.js';
import { FindCategories } from './application/find-categories.js';
import { FindProducts } from './application/find-products.js';
import { FindStoreProducts } from './application/find-store-products.js';
import { LISTINGS, Listings } from './application/listings.js';
import { OnProductChanged } from './application/on-product-changed.js';
import { OnStockCrossed } from './application/on-stock-crossed.js';
import { OnStoreChanged } from './application/on-store-changed.js';
import { ProductRecords } from './application/product-records.js';
import { StoreCopies } from './application/store-copies.js';
import { Catalog } from './catalog.facade.js';
import { Category } from './domain/category.js';
import { Product } from './domain/product.js';
import { categorySchema } from './infrastructure/category.schema.js';
import { ListCounts } from './infrastructure/list-counts.js';
import { listingSchema } from './infrastructure/listing.schema.js';
import { MongoFindCategories } from './infrastructure/mongo-find-categories.js';
import { MongoFindProducts } from './infrastructure/mongo-find-products.js';
import { MongoFindStoreProducts } from './infrastructure/mongo-find-store-products.js';
import { MongoProductRecords } from './infrastructure/mongo-product-records.js';
import { MongoStoreCopies } from './infrastructure/mongo-store-copies.js';
import { productSchema } from './infrastructure/product.schema.js';
import { VerifyListings } from './infrastructure/verify-listings.js';

const COMMANDS = [ArrangeCategories, ChangeProduct, CreateProduct];
const QUERIES = [
  { provide: FindCategories, useClass: MongoFindCategories },
  { provide: FindProducts, useClass: MongoFindProducts },
  { provide: FindStoreProducts, useClass: MongoFindStoreProducts },
  { provide: ProductRecords, useClass: MongoProductRecords },
];
const HANDLERS = [OnProductChanged, OnStockCrossed, OnStoreChanged];

@Module({
  imports: [
    StoresModule,
    AggregatesModule.bind(
      { aggregate: Product, schema: productSchema, notFound: 'PRODUCT_NOT_FOUND' },
      { aggregate: Category, schema: categorySchema, notFound: 'CATEGORY_NOT_FOUND' },
    ),
    MongooseModule.forFeature([{ name: 'Listing', schema: listingSchema, collection: LISTINGS }]),
  ],
  providers: [
    ...COMMANDS,
    ...QUERIES,
    ...HANDLERS,
    { provide: StoreCopies, useClass: MongoStoreCopies },
    Catalog,
    ListCounts,
    Listings,
    VerifyListings,
  ],
  exports: [...COMMANDS, FindCategories, FindProducts, FindStoreProducts, Catalog],
})
export class CatalogModule {}
