import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { PurchaseSearch } from '../application/purchase-search.js';
import { Purchase } from '../domain/purchase.js';
import type { PurchaseState } from '../domain/purchase.js';
import type { PurchaseStatus } from '../domain/purchase-status.js';

const UNFINISHED: readonly PurchaseStatus[] = ['reserving', 'awaiting_payment', 'closing'];
const MOST_OF_ONE_BUYER = 50;

/** PurchaseSearch over the collection `purchases`. */
@Injectable()
export class MongoPurchaseSearch extends PurchaseSearch {
  constructor(@InjectAggregateModel(Purchase) private readonly model: Model<StoredDocument<PurchaseState>>) {
    super();
  }

  unfinishedOf(buyerId: string): Promise<string[]> {
    return this.idsOf({ 'buyer.id': buyerId, status: { $in: UNFINISHED } }, {}, MOST_OF_ONE_BUYER);
  }

  unpaidSince(before: Date, limit: number): Promise<string[]> {
    return this.idsOf({ status: 'awaiting_payment', expiresAt: { $lt: before } }, { expiresAt: 1 }, limit);
  }

  reservingSince(before: Date, limit: number): Promise<string[]> {
    return this.idsOf({ status: 'reserving', startedAt: { $lt: before } }, { startedAt: 1 }, limit);
  }

  closingSince(before: Date, limit: number): Promise<string[]> {
    return this.idsOf({ status: 'closing', closingSince: { $lt: before } }, { closingSince: 1 }, limit);
  }

  private async idsOf(filter: Record<string, unknown>, sort: Record<string, 1>, limit: number): Promise<string[]> {
    const found = await this.model.find(filter, { _id: 1 }).sort(sort).limit(limit).lean<{ _id: string }[]>();
    return found.map((document) => document._id);
  }
}
