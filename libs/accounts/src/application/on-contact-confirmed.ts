import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Account } from '../domain/account.js';
import { ContactConfirmed } from '../events.js';

export const CONFIRM_CONTACT = 'accounts.confirm-contact';

/** A code that was used verifies its account, even where the process that checked it died in between. */
@Injectable()
export class OnContactConfirmed {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @OnDomainEvent(ContactConfirmed, CONFIRM_CONTACT)
  async confirmContact({ payload: { accountId, channel } }: EventOf<typeof ContactConfirmed>): Promise<void> {
    const now = this.clock.now();
    await this.accounts.update(accountId, (account) => account.confirmContact(channel, now));
  }
}
