import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { StoreMembershipGranted } from '@daraa/stores/events';
import { Account } from '../domain/account.js';

/** Accounts know the stores they may act for, so that a login shows them without asking the stores. */
@Injectable()
export class OnStoreMembershipGranted {
  constructor(@InjectStore(Account) private readonly accounts: AggregateStore<Account>) {}

  @OnDomainEvent(StoreMembershipGranted, 'accounts.note-membership')
  async noteMembership({ payload, aggregateVersion }: EventOf<typeof StoreMembershipGranted>): Promise<void> {
    const { accountId, storeId, slug, role } = payload;
    await this.accounts.update(accountId, (account) => account.join({ storeId, slug, role, version: aggregateVersion }));
  }
}
