import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource } from '@daraa/kernel';
import { AggregateStore, CLOCK, Environment, IDS, InjectStore } from '@daraa/platform';
import { Account } from '../domain/account.js';
import { Session } from '../domain/session.js';
import type { Client } from '../domain/session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { accountView } from './views.js';
import type { AccountView } from './views.js';

/** A session that its owner may use from now on. */
export interface OpenSessionView {
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly account: AccountView;
}

/** Begins a session for somebody who has proved who they are. */
@Injectable()
export class OpenSession {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @InjectStore(Session) private readonly sessions: AggregateStore<Session>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    private readonly environment: Environment,
    private readonly tokens: RefreshTokens,
  ) {}

  async execute(account: Account, client: Client): Promise<OpenSessionView> {
    const now = this.clock.now();
    const sessionId = this.ids.next('ses');
    const { token, hash } = this.tokens.issue(sessionId, 1);
    const expiresAt = new Date(now.getTime() + this.environment.REFRESH_TOKEN_SECONDS * 1000);
    const [updated] = await Promise.all([
      this.accounts.update(account, (present) => present.noteLogin(now)),
      this.sessions.insert(Session.start(sessionId, account.id, client, { hash, expiresAt }, now)),
    ]);
    return { sessionId, refreshToken: token, account: accountView(updated.aggregate) };
  }
}
