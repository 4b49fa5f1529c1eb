import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Account } from '../domain/account.js';
import { AccountRegistered } from '../events.js';
import { challengeIdOf } from './ids.js';
import { RequestVerification } from './request-verification.js';

export const REQUEST_VERIFICATION = 'accounts.request-verification';

/** Whoever registered is sent a code, even where the process that registered them died before it could ask for one. */
@Injectable()
export class OnAccountRegistered {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    private readonly verification: RequestVerification,
  ) {}

  @OnDomainEvent(AccountRegistered, REQUEST_VERIFICATION)
  async requestVerification({ payload: { accountId } }: EventOf<typeof AccountRegistered>): Promise<void> {
    const account = await this.accounts.get(accountId);
    if (account.isVerified) return;
    await this.verification.ensure({ challengeId: challengeIdOf(accountId), accountId, kind: 'code', channel: 'email' });
  }
}
