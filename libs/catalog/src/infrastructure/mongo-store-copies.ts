import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, currentContext, InjectStore } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { LISTINGS, Listings } from '../application/listings.js';
import { StoreCopies } from '../application/store-copies.js';
import type { StoredProduct } from '../catalog.views.js';
import type { Listing } from '../domain/listing.js';
import { Product } from '../domain/product.js';
import type { StoreCopy } from '../domain/product-state.js';

/** So many documents at a time, so that other writes pass in between. */
const STEP = 500;

/**
 * Products first, then the listings made from them. Both are found by the version of the store that they know, so that a run
 * that was cut short goes on where it ended, and an older run changes nothing.
 */
@Injectable()
export class MongoStoreCopies extends StoreCopies {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectStore(Product) private readonly products: AggregateStore<Product>,
    private readonly listings: Listings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async keep(store: StoreCopy): Promise<void> {
    await untilDone(() => this.updateProducts(store));
    await untilDone(() => this.updateListings(store));
  }

  /** Returns how many products did not know this version of the store. */
  private async updateProducts(store: StoreCopy): Promise<number> {
    const products = this.connection.collection<StoredProduct & { updatedAt: Date; updatedBy: object }>('products');
    const behind = { storeId: store.id, 'store.version': { $lt: store.version } };
    const found = await products.find(behind, { projection: { _id: 1 } }).limit(STEP).toArray();
    if (found.length === 0) return 0;
    await products.updateMany(
      { _id: { $in: found.map((product) => product._id) }, 'store.version': { $lt: store.version } },
      { $set: { store, updatedAt: this.clock.now(), updatedBy: currentContext().actor }, $inc: { version: 1 } },
    );
    return found.length;
  }

  /** Returns how many listings did not know this version of the store. */
  private async updateListings(store: StoreCopy): Promise<number> {
    const found = await this.connection
      .collection<Listing>(LISTINGS)
      .find({ 'store.id': store.id, 'store.version': { $lt: store.version } }, { projection: { _id: 1 } })
      .limit(STEP)
      .toArray();
    await this.listings.projectAll(await this.products.findAll(found.map((listing) => listing._id)));
    return found.length;
  }
}

/** Repeats a step until it finds less than it could have taken. */
async function untilDone(step: () => Promise<number>): Promise<void> {
  let found = STEP;
  while (found === STEP) found = await step();
}
