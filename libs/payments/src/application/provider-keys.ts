import type { Period } from './payment-provider.js';

const HOUR_MS = 3_600_000;
/** The provider keeps keys for 24 hours; an older call is looked up before it is repeated. */
const KEYS_LAST_MS = 23 * HOUR_MS;

/** True when a call that was first made at this time must be looked up instead of repeated: its key may be forgotten. */
export function isKeyForgotten(firstMadeAt: Date, now: Date): boolean {
  return now.getTime() - firstMadeAt.getTime() > KEYS_LAST_MS;
}

/** When a call that was first made at this time may have reached the provider: as long as it was repeated by its key. */
export function periodOf(firstMadeAt: Date): Period {
  return { from: firstMadeAt, to: new Date(firstMadeAt.getTime() + KEYS_LAST_MS) };
}
