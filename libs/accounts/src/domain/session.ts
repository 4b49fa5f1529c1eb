import { Aggregate } from '@daraa/kernel';
import { SessionReuseDetected } from '../events.js';

/** The token that was just replaced may still be on its way: for so many milliseconds it is refused without suspicion. */
export const OVERLAP_MS = 10_000;

/** The device a session was opened from, as it said of itself. */
export interface Client {
  readonly device: string;
  readonly ip: string;
}

/** A refresh token that somebody shows: which of the family it is, its hash, and whether we made it (a forged one proves nothing). */
export interface PresentedToken {
  readonly generation: number;
  readonly hash: string;
  readonly genuine: boolean;
}

/** The token that takes the place of the one shown. */
export interface NextToken {
  readonly hash: string;
  readonly expiresAt: Date;
}

/** `superseded`: replaced a moment ago, by a request at the same time. `reused`: replaced long ago, so somebody has a copy. */
export type Rotation = 'rotated' | 'superseded' | 'reused' | 'invalid';

export interface SessionState extends Client {
  accountId: string;
  generation: number;
  tokenHash: string;
  previousHash?: string;
  rotatedAt?: Date;
  startedAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  revokedAt?: Date;
}

/** One login on one device: a family of refresh tokens, each replaced by the next when it is used. */
export class Session extends Aggregate<SessionState> {
  static start(id: string, accountId: string, client: Client, first: NextToken, at: Date): Session {
    const { hash, expiresAt } = first;
    const { device, ip } = client;
    return new Session({
      id,
      version: 0,
      state: { accountId, device, ip, generation: 1, tokenHash: hash, startedAt: at, lastUsedAt: at, expiresAt },
    });
  }

  get accountId(): string {
    return this.state.accountId;
  }

  get generation(): number {
    return this.state.generation;
  }

  get revokedAt(): Date | undefined {
    return this.state.revokedAt;
  }

  isOpen(now: Date): boolean {
    return this.state.revokedAt === undefined && now < this.state.expiresAt;
  }

  /**
   * Replaces the newest token by `next`. The one before it is refused without consequence for ten seconds (requests at the
   * same time); any older one that we made ourselves is a copy in strange hands and revokes the family.
   */
  rotate(presented: PresentedToken, next: NextToken, client: Client, now: Date): Rotation {
    if (!this.isOpen(now)) return 'invalid';
    if (presented.generation === this.state.generation && presented.hash === this.state.tokenHash) {
      this.state.previousHash = this.state.tokenHash;
      this.state.rotatedAt = now;
      this.state.generation += 1;
      this.state.tokenHash = next.hash;
      this.state.expiresAt = next.expiresAt;
      this.state.lastUsedAt = now;
      Object.assign(this.state, { device: client.device, ip: client.ip });
      return 'rotated';
    }
    if (!this.isOlderOne(presented)) return 'invalid';
    if (this.wasReplacedJustNow(presented, now)) return 'superseded';
    this.revoke(now);
    this.record(SessionReuseDetected, { accountId: this.state.accountId, sessionId: this.id });
    return 'reused';
  }

  /** True for any token that was ever given out in this session. */
  recognises(presented: PresentedToken): boolean {
    return (presented.generation === this.state.generation && presented.hash === this.state.tokenHash) || this.isOlderOne(presented);
  }

  /** Ends the session; repeating it changes nothing. */
  revoke(at: Date): void {
    this.state.revokedAt ??= at;
  }

  private isOlderOne(presented: PresentedToken): boolean {
    if (presented.generation >= this.state.generation) return false;
    return presented.genuine || this.isPredecessor(presented);
  }

  private wasReplacedJustNow(presented: PresentedToken, now: Date): boolean {
    const { rotatedAt } = this.state;
    return this.isPredecessor(presented) && rotatedAt !== undefined && now.getTime() - rotatedAt.getTime() < OVERLAP_MS;
  }

  private isPredecessor(presented: PresentedToken): boolean {
    return presented.generation === this.state.generation - 1 && presented.hash === this.state.previousHash;
  }
}
