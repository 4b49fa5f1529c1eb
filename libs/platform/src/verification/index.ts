export { inBatches } from './in-batches.js';
export { Verification } from './verification.js';
export type { VerificationOptions, VerificationResult } from './verification.js';
export { VerificationModule } from './verification.module.js';
export { CannotVerify, Verifies } from './verifies.js';
export type { VerificationCheck, VerifiesOptions } from './verifies.js';
export { OVERDUE_EVENT_MS } from './verify-outboxes.js';
