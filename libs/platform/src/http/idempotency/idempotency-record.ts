import { Schema } from 'mongoose';

/** One `Idempotency-Key` of one caller on one route, and what became of it. */
export interface IdempotencyRecord {
  /** Hash of who asks, method, route and key. */
  readonly _id: string;
  /** Hash of the path's parameters and the canonical body. */
  readonly bodyHash: string;
  readonly state: 'in_progress' | 'done';
  readonly resourceId: string;
  /** Random per attempt: whoever lost the record must not answer for it. */
  readonly owner: string;
  readonly leaseUntil: Date;
  readonly response?: { readonly status: number; readonly body: string };
  readonly expiresAt: Date;
}

export const IDEMPOTENCY_COLLECTION = 'idempotency_keys';

export const idempotencySchema = new Schema(
  {
    _id: { type: String, required: true },
    bodyHash: String,
    state: String,
    resourceId: String,
    owner: String,
    leaseUntil: Date,
    response: { status: Number, body: String },
    expiresAt: Date,
  },
  { collection: IDEMPOTENCY_COLLECTION, versionKey: false },
);
// The sweep: what has expired, oldest first.
idempotencySchema.index({ expiresAt: 1 });
