const MINUTE_MS = 60_000;
/** Longer than a call to the provider usually takes; asking about one that still runs does no harm. */
const SOONEST_MS = MINUTE_MS;
const LATEST_MS = 60 * MINUTE_MS;

/**
 * When to ask next about what has been open since these times: after as long as the oldest has been open already, a minute at
 * least and an hour at most, so that what nobody can answer does not keep the sweep from the rest.
 */
export function nextCheckAfter(now: Date, openSince: readonly Date[]): Date {
  const oldest = Math.min(...openSince.map((date) => date.getTime()));
  const wait = Math.min(Math.max(now.getTime() - oldest, SOONEST_MS), LATEST_MS);
  return new Date(now.getTime() + wait);
}
