import { Injectable } from '@nestjs/common';
import type { Violation } from '@daraa/kernel';
import { Orders } from '@daraa/orders';
import { Payments } from '@daraa/payments';
import { inBatches, Verifies } from '@daraa/platform';
import { quoteOf } from '@daraa/pricing';
import type { Affair } from '../domain/affair.js';
import { faultsOfCost } from '../domain/cost-faults.js';
import { faultsOfPayment } from '../domain/payment-faults.js';
import { faultsOfStates } from '../domain/state-faults.js';
import { PurchaseRecords } from './purchase-records.js';
import type { PurchaseDocument } from './purchase-records.js';

const BATCH = 200;

/** Rules 3, 4 and 7 of `daraa verify`, between purchases, their orders and their payments. */
@Injectable()
export class VerifyPurchases {
  constructor(
    private readonly records: PurchaseRecords,
    private readonly orders: Orders,
    private readonly payments: Payments,
  ) {}

  @Verifies({ rule: 3, name: 'purchases cost what their orders cost' })
  async *costs(): AsyncGenerator<Violation> {
    for await (const { affair } of this.affairs()) yield* faultsOfCost(affair, () => quoteOf(affair.purchase.quoteInput));
  }

  @Verifies({ rule: 4, name: 'payments take and give back what purchases and orders ask' })
  async *amounts(): AsyncGenerator<Violation> {
    for await (const { affair, inFlight } of this.affairs()) if (!inFlight) yield* faultsOfPayment(affair);
  }

  @Verifies({ rule: 7, name: 'purchases, orders and payments agree' })
  async *states(): AsyncGenerator<Violation> {
    for await (const { affair, inFlight } of this.affairs()) if (!inFlight) yield* faultsOfStates(affair);
  }

  /** In flight is what one of them has told and the others may not know yet. */
  private async *affairs(): AsyncGenerator<{ affair: Affair; inFlight: boolean }> {
    for await (const batch of inBatches(this.records.all(), BATCH)) {
      const [orders, payments] = await Promise.all([
        this.orders.recordsOf(batch.flatMap(orderIdsOf)),
        this.payments.recordsOf(batch.map((purchase) => purchase.paymentId)),
      ]);
      const orderOf = new Map(orders.map((order) => [order.id, order]));
      const paymentOf = new Map(payments.map((payment) => [payment.id, payment]));
      for (const purchase of batch) {
        const own = orderIdsOf(purchase).flatMap((id) => orderOf.get(id) ?? []);
        const payment = paymentOf.get(purchase.paymentId);
        const inFlight = purchase.outbox.length > 0 || payment?.inFlight === true || own.some((order) => order.inFlight);
        yield { affair: { purchaseId: purchase._id, purchase, orders: own, payment }, inFlight };
      }
    }
  }
}

function orderIdsOf(purchase: PurchaseDocument): string[] {
  return purchase.groups.map((group) => group.orderId);
}
