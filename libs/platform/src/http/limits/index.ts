export { RATE_LIMITS } from './policies.js';
export type { RateLimitName, RateLimitPolicy } from './policies.js';
export { RateLimit } from './rate-limit.guard.js';
export { RateLimits } from './rate-limits.js';
export type { RateLimitState } from './rate-limits.js';
