import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { VariantsAdded } from '@daraa/catalog/events';
import { PurchaseConfirmed, PurchaseEnded } from '@daraa/checkout/events';
import { OrderCancelled } from '@daraa/orders/events';
import { CommitHolds } from './commit-holds.js';
import { OpenStock } from './open-stock.js';
import { ReleaseHolds } from './release-holds.js';
import { RestockOrder } from './restock-order.js';

/** What other contexts do to the stock. Each handler may be run again, by several processes at a time. */
@Injectable()
export class OnCommerceEvents {
  constructor(
    private readonly openStock: OpenStock,
    private readonly commitHolds: CommitHolds,
    private readonly releaseHolds: ReleaseHolds,
    private readonly restockOrder: RestockOrder,
  ) {}

  @OnDomainEvent(VariantsAdded, 'inventory.open-stock')
  async onVariantsAdded({ payload }: EventOf<typeof VariantsAdded>): Promise<void> {
    const { productId, storeId, variants } = payload;
    await this.openStock.execute(variants.map((variant) => ({ ...variant, productId, storeId })));
  }

  @OnDomainEvent(PurchaseConfirmed, 'inventory.commit-holds')
  async onPurchaseConfirmed({ payload }: EventOf<typeof PurchaseConfirmed>): Promise<void> {
    await this.commitHolds.execute(payload.purchaseId, payload.lines);
  }

  @OnDomainEvent(PurchaseEnded, 'inventory.release-holds')
  async onPurchaseEnded({ payload }: EventOf<typeof PurchaseEnded>): Promise<void> {
    await this.releaseHolds.execute(payload.purchaseId, payload.lines);
  }

  @OnDomainEvent(OrderCancelled, 'inventory.restock')
  async onOrderCancelled({ payload }: EventOf<typeof OrderCancelled>): Promise<void> {
    const { orderId, purchaseId, restock } = payload;
    await this.restockOrder.execute({ orderId, purchaseId, lines: restock });
  }
}
