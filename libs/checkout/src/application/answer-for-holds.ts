import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import { Inventory } from '@daraa/inventory';
import type { HoldOwners, HoldOwnerState } from '@daraa/kernel';
import { Purchase } from '../domain/purchase.js';
import type { PurchaseStatus } from '../domain/purchase-status.js';

const HOLDS_OF: Readonly<Record<PurchaseStatus, HoldOwnerState>> = {
  reserving: 'open',
  awaiting_payment: 'open',
  closing: 'open',
  confirmed: 'committed',
  closed: 'committed',
  failed: 'released',
  expired: 'released',
  cancelled: 'released',
};

/** Tells those who keep holds for purchases what has become of the purchases. */
@Injectable()
export class AnswerForHolds implements HoldOwners, OnModuleInit {
  constructor(
    @InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>,
    private readonly inventory: Inventory,
  ) {}

  onModuleInit(): void {
    this.inventory.answerFor('pur', this);
  }

  async statesOf(purchaseIds: readonly string[]): Promise<ReadonlyMap<string, HoldOwnerState>> {
    const found = await this.purchases.findAll(purchaseIds);
    const states = new Map<string, HoldOwnerState>(purchaseIds.map((id) => [id, 'absent']));
    for (const purchase of found) states.set(purchase.id, HOLDS_OF[purchase.status]);
    return states;
  }
}
