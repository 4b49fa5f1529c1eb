const LONGEST_MS = 3_600_000;

/** What Bull hands to the strategy from the options of the job. */
export interface CappedBackoff {
  readonly baseMs: number;
}

/**
 * Milliseconds until the next attempt: `baseMs` after the first failure, twice as long after each further one, an hour at most,
 * up to a fifth more by chance, so that what failed together is not retried together.
 */
export function capped(attemptsMade: number, _error: Error, { baseMs }: CappedBackoff): number {
  const wait = Math.min(baseMs * 2 ** Math.max(0, attemptsMade - 1), LONGEST_MS);
  return Math.round(wait * (1 + Math.random() / 5));
}
