export { Verification } from './verification.js';
export type { VerificationResult } from './verification.js';
export { VerificationModule } from './verification.module.js';
export { Verifies } from './verifies.js';
export type { VerificationCheck, VerifiesOptions } from './verifies.js';
