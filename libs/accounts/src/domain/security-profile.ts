import { Aggregate } from '@daraa/kernel';
import { AccountLocked } from '../events.js';

/** So many failed logins in a row lock an account. */
export const FAILURES_TO_LOCK = 5;
/** Milliseconds that a lock lasts, and after which a failure is forgotten. */
export const LOCK_MS = 15 * 60_000;

export interface SecurityProfileState {
  /** Absent where the email that somebody tries belongs to nobody. */
  accountId?: string;
  /** The present password's hash first, then those it replaced. */
  passwordHashes: readonly string[];
  failedAttempts: number;
  lastFailureAt?: Date;
  lockedUntil?: Date;
  /** When the failures of an email that belongs to nobody are forgotten. */
  expiresAt?: Date;
}

/**
 * How somebody proves who they are, and how often that failed. Emails that belong to nobody have one as well, without a
 * password, so that a lock does not tell which emails are known.
 */
export class SecurityProfile extends Aggregate<SecurityProfileState> {
  static ofAccount(id: string, accountId: string, passwordHash: string): SecurityProfile {
    return new SecurityProfile({ id, version: 0, state: { accountId, passwordHashes: [passwordHash], failedAttempts: 0 } });
  }

  static ofUnknownEmail(id: string): SecurityProfile {
    return new SecurityProfile({ id, version: 0, state: { passwordHashes: [], failedAttempts: 0 } });
  }

  /** Undefined for an email that belongs to nobody. */
  get passwordHash(): string | undefined {
    return this.state.passwordHashes[0];
  }

  isLocked(now: Date): boolean {
    return this.state.lockedUntil !== undefined && now < this.state.lockedUntil;
  }

  /** Seconds until the lock ends, rounded up; 0 where there is none. */
  lockSecondsLeft(now: Date): number {
    const { lockedUntil } = this.state;
    return lockedUntil === undefined ? 0 : Math.max(0, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
  }

  /** Counts a wrong password; the fifth in a row locks. What happens while it is locked is not counted. */
  recordFailure(now: Date): void {
    if (this.isLocked(now)) return;
    const earlier = this.isForgotten(now) ? 0 : this.state.failedAttempts;
    const end = new Date(now.getTime() + LOCK_MS);
    delete this.state.lockedUntil;
    this.state.failedAttempts = earlier + 1;
    this.state.lastFailureAt = now;
    if (this.state.accountId === undefined) this.state.expiresAt = end;
    if (this.state.failedAttempts < FAILURES_TO_LOCK) return;
    this.state.lockedUntil = end;
    if (this.state.accountId !== undefined) this.record(AccountLocked, { accountId: this.state.accountId, until: end });
  }

  /** The right password was given: the failures before it no longer count. */
  recordSuccess(): void {
    this.state.failedAttempts = 0;
    delete this.state.lastFailureAt;
    delete this.state.lockedUntil;
  }

  private isForgotten(now: Date): boolean {
    const { lastFailureAt, lockedUntil } = this.state;
    if (lockedUntil !== undefined) return now >= lockedUntil;
    return lastFailureAt === undefined || now.getTime() - lastFailureAt.getTime() >= LOCK_MS;
  }
}
