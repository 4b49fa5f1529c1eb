import { Injectable } from '@nestjs/common';
import { Inventory } from '@daraa/inventory';
import type { RecordedSale } from '@daraa/inventory';
import { violationsOf } from '@daraa/kernel';
import type { Statement, Violation } from '@daraa/kernel';
import { Orders } from '@daraa/orders';
import type { OrderRecord } from '@daraa/orders';
import { inBatches, Verifies } from '@daraa/platform';
import { PurchaseRecords } from './purchase-records.js';
import type { PurchaseDocument } from './purchase-records.js';

const RULE = 5;
const BATCH = 100;

/** Rule 5 of `daraa verify`, as far as it is the checkout's: every confirmed line is sold, once, and nothing else is. */
@Injectable()
export class VerifySoldLines {
  constructor(
    private readonly records: PurchaseRecords,
    private readonly inventory: Inventory,
    private readonly orders: Orders,
  ) {}

  @Verifies({ rule: RULE, name: 'every confirmed line is sold once' })
  async *run(): AsyncGenerator<Violation> {
    for await (const batch of inBatches(this.records.all({ status: { $in: ['confirmed', 'closed'] } }), BATCH)) {
      // The sale follows from the event of the confirmation.
      const told = batch.filter((purchase) => purchase.outbox.length === 0);
      const [sales, orders] = await Promise.all([
        this.inventory.salesTo(told.map((purchase) => purchase._id)),
        this.orders.recordsOf(told.flatMap((purchase) => purchase.groups.map((group) => group.orderId))),
      ]);
      const orderOf = new Map(orders.map((order) => [order.id, order]));
      for (const purchase of told) yield* faultsOf(purchase, sales.filter((sale) => sale.ownerId === purchase._id), orderOf);
    }
  }
}

function faultsOf(purchase: PurchaseDocument, sales: readonly RecordedSale[], orderOf: ReadonlyMap<string, OrderRecord>): Violation[] {
  return violationsOf(RULE, `purchases/${purchase._id}`, () => {
    const lines = purchase.groups.flatMap(({ items, orderId }) => items.map((item) => ({ ...item, orderId })));
    const bought = new Set(lines.map((line) => line.variantId));
    return [
      ...lines.map(({ variantId, quantity, orderId }): Statement => {
        const sold = sales.find((sale) => sale.variantId === variantId)?.quantity;
        // What could not be sold, because its hold was gone, is settled once the order is cancelled.
        const isSettled = sold === 0 && orderOf.get(orderId)?.status === 'cancelled';
        return [sold === quantity || isSettled, `${quantity} of ${variantId} sold`, sold === undefined ? 'no sale' : `${sold} sold`];
      }),
      ...sales.map(({ variantId, quantity }): Statement => {
        return [bought.has(variantId), `no sale of ${variantId}, which was not bought`, `${quantity} sold`];
      }),
    ];
  });
}
