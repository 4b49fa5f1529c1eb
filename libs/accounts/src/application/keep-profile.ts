import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore } from '@daraa/platform';
import { Account } from '../domain/account.js';
import type { ProfileChanges } from '../domain/account.js';
import { accountView } from './views.js';
import type { AccountView } from './views.js';

/** Shows and changes what people say about themselves. */
@Injectable()
export class KeepProfile {
  constructor(@InjectStore(Account) private readonly accounts: AggregateStore<Account>) {}

  async get(accountId: string): Promise<AccountView> {
    return accountView(await this.accounts.get(accountId));
  }

  /** With `expectedVersion`, any other version is `VERSION_MISMATCH`. */
  async change(accountId: string, changes: ProfileChanges, expectedVersion?: number): Promise<AccountView> {
    const { aggregate } = await this.accounts.update(accountId, (account) => account.changeProfile(changes), { expectedVersion });
    return accountView(aggregate);
  }
}
