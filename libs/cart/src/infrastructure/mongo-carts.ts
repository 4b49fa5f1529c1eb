import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { CoalescedWrites, currentContext } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { ExpiredCarts } from '../application/expired-carts.js';
import { PurchasedCarts } from '../application/purchased-carts.js';
import { MEMORY } from '../domain/cart.js';
import type { CartState } from '../domain/cart.js';
import { CARTS } from './cart.schema.js';

/** PurchasedCarts over the collection `carts`. */
@Injectable()
export class MongoPurchasedCarts extends PurchasedCarts {
  constructor(private readonly writes: CoalescedWrites) {
    super();
  }

  async emptyAt(cartId: string, version: number, purchaseId: string, at: Date): Promise<boolean> {
    const outcome = await this.writes.run({
      name: 'updateOne',
      collection: CARTS,
      filter: { _id: cartId, version, purchases: { $ne: purchaseId } },
      update: {
        $set: { items: [], version: version + 1, updatedAt: at, updatedBy: currentContext().actor },
        $push: { purchases: { $each: [purchaseId], $slice: -MEMORY } },
      },
    });
    return outcome.matched;
  }
}

/** ExpiredCarts over the collection `carts`. */
@Injectable()
export class MongoExpiredCarts extends ExpiredCarts {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  async removeBefore(at: Date): Promise<number> {
    // The condition is in the delete itself: a cart that is changed at this moment has a later expiry, and stays.
    const { deletedCount } = await this.connection
      .collection<StoredDocument<CartState>>(CARTS)
      .deleteMany({ expiresAt: { $lte: at }, 'outbox.0': { $exists: false } });
    return deletedCount;
  }
}
