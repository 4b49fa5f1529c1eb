import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { Session } from '../domain/session.js';
import { SessionRecords } from './records.js';
import { RefreshTokens } from './refresh-tokens.js';
import { RevokedSessions } from './revoked-sessions.js';

/** Ends sessions: their refresh tokens are worth nothing at once, their access tokens within about a second everywhere. */
@Injectable()
export class EndSessions {
  constructor(
    @InjectStore(Session) private readonly sessions: AggregateStore<Session>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly records: SessionRecords,
    private readonly revoked: RevokedSessions,
    private readonly tokens: RefreshTokens,
  ) {}

  /** Ends the session of a refresh token, any of its family; a token that is none of ours has no session to end. */
  async logOut(token: string): Promise<void> {
    const read = this.tokens.read(token);
    const session = read && (await this.sessions.find(read.sessionId));
    if (read && session?.recognises(read.presented)) await this.end(session);
  }

  /** Throws `SESSION_NOT_FOUND` unless it is an open session of this account. */
  async one(accountId: string, sessionId: string): Promise<void> {
    const session = await this.sessions.find(sessionId);
    if (session?.accountId !== accountId || !session.isOpen(this.clock.now())) throw new DomainError('SESSION_NOT_FOUND');
    await this.end(session);
  }

  /** Ends all sessions of an account but the one that asks; returns how many that were. */
  async others(accountId: string, presentSessionId: string): Promise<number> {
    const open = await this.records.openIdsOf(accountId);
    const others = await this.sessions.findAll(open.filter((id) => id !== presentSessionId));
    await Promise.all(others.map((session) => this.end(session)));
    return others.length;
  }

  private async end(session: Session): Promise<void> {
    const now = this.clock.now();
    const { aggregate } = await this.sessions.update(session, (present) => present.revoke(now));
    this.revoked.remember(session.id, aggregate.revokedAt ?? now);
  }
}
