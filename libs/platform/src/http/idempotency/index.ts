export type { Claim } from './claim.js';
export { IdempotencyKeys } from './idempotency-keys.js';
export { IDEMPOTENCY_COLLECTION } from './idempotency-record.js';
export { IdempotencyClaim, Idempotent } from './idempotent.js';
