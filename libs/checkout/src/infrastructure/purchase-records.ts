import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { Purchase } from '../domain/purchase.js';
import type { PurchaseState } from '../domain/purchase.js';
import type { PurchaseStatus } from '../domain/purchase-status.js';

export type PurchaseDocument = StoredDocument<PurchaseState>;

/** Which purchases, by fields that they are stored with. */
export interface PurchaseFilter {
  readonly _id?: { readonly $in: readonly string[] };
  readonly status?: PurchaseStatus | { readonly $in: readonly PurchaseStatus[] };
  readonly startedAt?: { readonly $lt: Date };
  readonly expiresAt?: { readonly $lt: Date };
  readonly closingSince?: { readonly $lt: Date };
}

/** Reads purchases as they are kept, piece by piece, for the checks. */
@Injectable()
export class PurchaseRecords {
  constructor(@InjectAggregateModel(Purchase) private readonly model: Model<PurchaseDocument>) {}

  all(filter: PurchaseFilter = {}): AsyncIterable<PurchaseDocument> {
    return this.model.find(filter as Record<string, unknown>).lean<PurchaseDocument>().cursor();
  }
}
