import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, Environment, InjectStore } from '@daraa/platform';
import { Account } from '../domain/account.js';
import { Session } from '../domain/session.js';
import type { Client } from '../domain/session.js';
import type { OpenSessionView } from './open-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { RevokedSessions } from './revoked-sessions.js';
import { accountView } from './views.js';

/** Replaces a refresh token by the next of its family: of many uses at the same time exactly one wins, and stays logged in. */
@Injectable()
export class RefreshSession {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @InjectStore(Session) private readonly sessions: AggregateStore<Session>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly environment: Environment,
    private readonly revoked: RevokedSessions,
    private readonly tokens: RefreshTokens,
  ) {}

  /** Throws `REFRESH_TOKEN_INVALID`; one that was replaced long ago ends the whole session as well. */
  async execute(token: string, client: Client): Promise<OpenSessionView> {
    const read = this.tokens.read(token);
    const session = read && (await this.sessions.find(read.sessionId));
    const account = session && (await this.accounts.find(session.accountId));
    if (!read || !session || !account) throw new DomainError('REFRESH_TOKEN_INVALID');
    const now = this.clock.now();
    const next = this.tokens.issue(session.id, read.presented.generation + 1);
    const expiresAt = new Date(now.getTime() + this.environment.REFRESH_TOKEN_SECONDS * 1000);
    const { result } = await this.sessions.update(session, (present) =>
      present.rotate(read.presented, { hash: next.hash, expiresAt }, client, now),
    );
    if (result === 'reused') this.revoked.remember(session.id, now);
    if (result !== 'rotated') throw new DomainError('REFRESH_TOKEN_INVALID');
    return { sessionId: session.id, refreshToken: next.token, account: accountView(account) };
  }
}
