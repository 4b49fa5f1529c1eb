import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { violationsOf } from '@daraa/kernel';
import type { DomainEvent, Statement, Violation } from '@daraa/kernel';
import { inBatches, Verifies } from '@daraa/platform';
import { Stores } from '@daraa/stores';
import type { Connection } from 'mongoose';
import { LISTINGS } from '../application/listings.js';
import { storeCopyOf } from '../application/store-copy.js';
import type { StoredProduct } from '../catalog.views.js';
import { listingOf } from '../domain/listing.js';
import type { Listing } from '../domain/listing.js';
import type { StoreCopy } from '../domain/product-state.js';

type ProductDocument = StoredProduct & { readonly outbox: readonly DomainEvent[] };

const RULE = 9;
const BATCH = 200;
const LONGEST_VALUE = 120;

/** Rule 9 of `daraa verify`, as far as it is the catalog's: lists say what products say, and products what their stores say. */
@Injectable()
export class VerifyListings {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly stores: Stores,
  ) {}

  @Verifies({ rule: RULE, name: 'listings say what products say' })
  async *listings(): AsyncGenerator<Violation> {
    for await (const batch of inBatches(this.products().find(), BATCH)) {
      const found = await this.listingsOf(batch.map((product) => product._id));
      // A product that has told something is projected again when that is handled.
      for (const product of batch) if (product.outbox.length === 0) yield* faultsOfListing(product, found.get(product._id));
    }
  }

  @Verifies({ rule: RULE, name: 'every listing has its product' })
  async *orphans(): AsyncGenerator<Violation> {
    const listings = this.connection.collection<Listing>(LISTINGS).find({}, { projection: { _id: 1 } });
    for await (const batch of inBatches(listings, BATCH)) {
      const ids = batch.map((listing) => listing._id);
      const products = await this.products().find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
      const known = new Set(products.map((product) => product._id));
      for (const id of ids) {
        if (!known.has(id)) yield { rule: RULE, document: `${LISTINGS}/${id}`, expected: 'a product', found: 'a listing without one' };
      }
    }
  }

  @Verifies({ rule: RULE, name: 'products say of their store what it says' })
  async *storeCopies(): AsyncGenerator<Violation> {
    const copies = this.products().find({}, { projection: { store: 1, storeId: 1, outbox: 1 } });
    for await (const batch of inBatches(copies, BATCH)) {
      const stores = await this.stores.findMany([...new Set(batch.map((product) => product.storeId))]);
      const present = new Map(stores.map((store) => [store.id, storeCopyOf(store)]));
      for (const { _id, storeId, store, outbox } of batch) {
        if (outbox.length === 0) yield* faultsOfCopy(_id, store, present.get(storeId));
      }
    }
  }

  private async listingsOf(ids: readonly string[]): Promise<Map<string, Listing>> {
    const found = await this.connection
      .collection<Listing>(LISTINGS)
      .find({ _id: { $in: [...ids] } })
      .toArray();
    return new Map(found.map((listing) => [listing._id, listing]));
  }

  private products() {
    return this.connection.collection<ProductDocument>('products');
  }
}

function faultsOfListing(product: ProductDocument, found: Listing | undefined): Violation[] {
  return violationsOf(RULE, `${LISTINGS}/${product._id}`, () => {
    if (!found) return [[false, 'a listing of the product', 'none']];
    const expected = listingOf(product._id, product.version, product);
    return (Object.keys(expected) as (keyof Listing)[]).map((field) => sameness(field, expected[field], found[field]));
  });
}

/** The version of the copy may be older than the store's: not everything that a store tells concerns its products. */
function faultsOfCopy(productId: string, copy: StoreCopy, store: StoreCopy | undefined): Violation[] {
  return violationsOf(RULE, `products/${productId}`, () => {
    if (!store) return [[false, `the store ${copy.id}`, 'no such store']];
    return (['name', 'slug', 'selling'] as const).map((field) => sameness(`store.${field}`, store[field], copy[field]));
  });
}

function sameness(field: string, expected: unknown, found: unknown): Statement {
  return [isDeepStrictEqual(expected, found), `${field} ${textOf(expected)}`, `${field} ${textOf(found)}`];
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
