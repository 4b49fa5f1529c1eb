/** So many requests in so long a time, counted per account, else per address. */
export interface RateLimitPolicy {
  readonly limit: number;
  /** Milliseconds. */
  readonly windowMs: number;
}

const MINUTE = 60_000;

/** Every rate limit of the API, by name. */
export const RATE_LIMITS = {
  login: { limit: 5, windowMs: 15 * MINUTE },
  register: { limit: 3, windowMs: 60 * MINUTE },
  otp: { limit: 3, windowMs: 60 * MINUTE },
  payments: { limit: 10, windowMs: MINUTE },
  orders: { limit: 30, windowMs: MINUTE },
  catalog: { limit: 100, windowMs: MINUTE },
  default: { limit: 100, windowMs: MINUTE },
} as const satisfies Record<string, RateLimitPolicy>;

export type RateLimitName = keyof typeof RATE_LIMITS;
