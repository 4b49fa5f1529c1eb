import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** The longest wait in milliseconds; 20,000 when absent. */
  within?: number;
  /** What is waited for, to complete the sentence "waited 5000 ms in vain until …". */
  describe?: string;
}

const POLL_MS = 10;

/** What is left of a type when it is known to be truthy. */
export type Truthy<T> = Exclude<T, undefined | null | false | 0 | ''>;

/**
 * Polls until the condition yields something truthy and returns that.
 * @throws Error when it does not in time; an error of the condition's last try is its cause
 */
export async function waitUntil<T>(condition: () => T | Promise<T>, options: WaitOptions = {}): Promise<Truthy<T>> {
  const { within = 20_000, describe = 'the condition holds' } = options;
  const deadline = Date.now() + within;
  for (;;) {
    let failure: unknown;
    try {
      const outcome = await condition();
      if (outcome) return outcome as Truthy<T>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw new Error(`waited ${within} ms in vain until ${describe}`, { cause: failure });
    await pause(POLL_MS);
  }
}
