import { createHash } from 'node:crypto';
import type { KeptAnswer } from '../state/journal.js';
import type { StripeStore } from '../state/store.js';
import { failures, invalidParameter } from './errors.js';
import { canonicalForm } from './form.js';

const longestKey = 255;

/** What an idempotency key must be used with again: method, path and parameters. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path} ${canonicalForm(body)}`).digest('base64url');
}

/** Lets each idempotency key do its work once at a time, and once only. */
export class IdempotencyKeys {
  private readonly inFlight = new Set<string>();

  constructor(private readonly store: StripeStore) {}

  /**
   * The answer to repeat, or undefined when the caller now owns the key and must `release` it.
   * Throws 409 `idempotency_key_in_use` while another request owns it, 400 `idempotency_error` when it was used for something else.
   */
  claim(key: string, fingerprint: string): KeptAnswer | undefined {
    if (key.length > longestKey) throw invalidParameter(`Idempotency keys can be up to ${longestKey} characters.`, 'Idempotency-Key');
    if (this.inFlight.has(key)) throw failures.keyInUse(key);
    const kept = this.store.answerOf(key);
    if (kept === undefined) {
      this.inFlight.add(key);
      return undefined;
    }
    if (kept.fingerprint !== fingerprint) throw failures.keyReused(key);
    return kept;
  }

  release(key: string): void {
    this.inFlight.delete(key);
  }
}
