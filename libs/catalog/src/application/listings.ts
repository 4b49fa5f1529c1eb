import { Injectable } from '@nestjs/common';
import { CoalescedWrites } from '@daraa/platform';
import { listingOf } from '../domain/listing.js';
import type { Product } from '../domain/product.js';

export const LISTINGS = 'catalog_listings';

/** Writes the projection that lists read. Repeating is harmless, and what is older than what stands there changes nothing. */
@Injectable()
export class Listings {
  private written = 0;

  constructor(private readonly writes: CoalescedWrites) {}

  /** Grows whenever this process has changed what lists show; what was derived from lists before is out of date then. */
  get generation(): number {
    return this.written;
  }

  /** Makes lists show the product as it is at hand. */
  async project(product: Product): Promise<void> {
    await this.projectAll([product]);
  }

  /** `project` for several, in one round trip. */
  async projectAll(products: readonly Product[]): Promise<void> {
    await this.writes.runAll(
      products.map((product) => {
        const { id, version, state } = product.snapshot();
        const listing = { $literal: listingOf(id, version, state) };
        const isKnown = { $gte: ['$version', version] };
        // The guard stands in the update, not in the filter: an upsert whose filter says more than the id can lose a race.
        const update = [{ $replaceWith: { $cond: [isKnown, '$$ROOT', listing] } }];
        return { name: 'updateOne' as const, collection: LISTINGS, filter: { _id: id }, update, upsert: true };
      }),
    );
    this.written += 1;
  }
}
