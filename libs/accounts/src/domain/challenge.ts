import { Aggregate } from '@daraa/kernel';
import { ContactConfirmed, VerificationRequested } from '../events.js';
import type { Channel } from '../events.js';

/** Milliseconds that a code is good for. */
export const CODE_LIFETIME_MS = 10 * 60_000;
/** So many tries has a code. */
export const TRIES = 5;
/** Milliseconds between two messages to the same person. */
export const RESEND_AFTER_MS = 60_000;
/** The first message and three more in an hour. */
export const MESSAGES_AN_HOUR = 4;
/** Whoever sends a message has this long (milliseconds) before another may try. */
export const DELIVERY_LEASE_MS = 45_000;

const HOUR_MS = 3_600_000;

/**
 * `code`: a one-time code for the owner of an account. `notice`: a word to the owner that somebody tried to register their
 * email. `decoy`: nothing is sent and no code is right; it only behaves, outwardly, like the others.
 */
export type ChallengeKind = 'code' | 'notice' | 'decoy';

/** Makes the code of a challenge from its id and nonce; the code itself is stored nowhere. */
export interface CodeSource {
  codeOf(challengeId: string, nonce: string): string;
}

/** One message that is asked for. */
export interface Issue {
  readonly kind: ChallengeKind;
  readonly channel: Channel;
  /** Fresh randomness, so that every issue has another code. */
  readonly nonce: string;
}

export interface ChallengeState {
  /** Absent where the email belongs to nobody. */
  accountId?: string;
  kind: ChallengeKind;
  channel: Channel;
  nonce: string;
  issuedAt: Date;
  expiresAt: Date;
  /** The issues of the last hour, the newest last. */
  recentIssues: readonly Date[];
  tries: number;
  usedAt?: Date;
  delivery: 'waiting' | 'sent' | 'none';
  /** Since when somebody is sending it. */
  sendingSince?: Date;
  sentAt?: Date;
}

/** A question that only the owner of an email or phone can answer: single use, ten minutes, five tries, at most once a minute. */
export class Challenge extends Aggregate<ChallengeState> {
  static open(id: string, accountId: string | undefined, issue: Issue, at: Date): Challenge {
    const challenge = new Challenge({
      id,
      version: 0,
      state: {
        ...issue,
        issuedAt: at,
        expiresAt: at,
        recentIssues: [],
        tries: 0,
        delivery: 'none',
        ...(accountId === undefined ? {} : { accountId }),
      },
    });
    challenge.issue(issue, at);
    return challenge;
  }

  get kind(): ChallengeKind {
    return this.state.kind;
  }

  get channel(): Channel {
    return this.state.channel;
  }

  get nonce(): string {
    return this.state.nonce;
  }

  get accountId(): string | undefined {
    return this.state.accountId;
  }

  get issuedAt(): Date {
    return this.state.issuedAt;
  }

  get expiresAt(): Date {
    return this.state.expiresAt;
  }

  /** Asks for a message with a new code; the one before is worth nothing from then on. False when it is too soon or too often. */
  issue(issue: Issue, now: Date): boolean {
    const recent = this.state.recentIssues.filter((at) => now.getTime() - at.getTime() < HOUR_MS);
    const last = recent.at(-1);
    if (last && now.getTime() - last.getTime() < RESEND_AFTER_MS) return false;
    if (recent.length >= MESSAGES_AN_HOUR) return false;
    const { kind, channel, nonce } = issue;
    const { accountId } = this.state;
    const delivery = kind === 'decoy' || accountId === undefined ? 'none' : 'waiting';
    const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
    Object.assign(this.state, { kind, channel, nonce, issuedAt: now, expiresAt, recentIssues: [...recent, now], tries: 0, delivery });
    delete this.state.usedAt;
    delete this.state.sendingSince;
    delete this.state.sentAt;
    if (delivery === 'waiting' && accountId !== undefined) {
      this.record(VerificationRequested, { challengeId: this.id, accountId, issuedAt: now });
    }
    return true;
  }

  /** Tries a code: true at most once for each that was issued. Every try counts, the right one too. */
  answer(code: string, codes: CodeSource, now: Date): boolean {
    if (this.state.tries >= TRIES) return false;
    this.state.tries += 1;
    const { kind, usedAt, expiresAt, nonce, accountId, channel } = this.state;
    if (kind !== 'code' || accountId === undefined || usedAt !== undefined || now >= expiresAt) return false;
    if (codes.codeOf(this.id, nonce) !== code) return false;
    this.state.usedAt = now;
    this.record(ContactConfirmed, { accountId, channel });
    return true;
  }

  /** Takes it on oneself to send the message. False when it is sent, no longer wanted, or another is at it. */
  beginDelivery(now: Date): boolean {
    const { delivery, expiresAt, sendingSince, usedAt } = this.state;
    if (delivery !== 'waiting' || now >= expiresAt || usedAt !== undefined) return false;
    if (sendingSince && now.getTime() - sendingSince.getTime() < DELIVERY_LEASE_MS) return false;
    this.state.sendingSince = now;
    return true;
  }

  /** The message of that issue has been sent; a newer one still waits. */
  markSent(issuedAt: Date, now: Date): void {
    if (!this.isIssue(issuedAt)) return;
    this.state.delivery = 'sent';
    this.state.sentAt = now;
    delete this.state.sendingSince;
  }

  /** The message of that issue could not be sent; the next may try at once. */
  abandonDelivery(issuedAt: Date): void {
    if (this.isIssue(issuedAt)) delete this.state.sendingSince;
  }

  private isIssue(issuedAt: Date): boolean {
    return this.state.issuedAt.getTime() === issuedAt.getTime();
  }
}
