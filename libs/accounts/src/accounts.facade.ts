import { Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { KeepAddresses } from './application/keep-addresses.js';
import { RegisterVerified } from './application/register-verified.js';
import type { VerifiedRegistration } from './application/register-verified.js';
import type { AddressView, ContactView } from './application/views.js';
import { Account } from './domain/account.js';
import type { AccountState } from './domain/account.js';

/** What other contexts may ask of accounts. */
@Injectable()
export class Accounts {
  constructor(
    @InjectAggregateModel(Account) private readonly model: Model<StoredDocument<AccountState>>,
    private readonly addresses: KeepAddresses,
    private readonly registration: RegisterVerified,
  ) {}

  /** One round trip. Throws `ADDRESS_NOT_FOUND`, also for somebody else's address. */
  async addressOf(accountId: string, addressId: string): Promise<AddressView> {
    return this.addresses.get(accountId, addressId);
  }

  /** How the owner of an account is addressed and reached. One round trip. Throws `ACCOUNT_NOT_FOUND`. */
  async contactOf(accountId: string): Promise<ContactView> {
    const fields = { email: 1, phone: 1, firstName: 1, lastName: 1, locale: 1 };
    const account = await this.model.findById(accountId, fields).lean();
    if (!account) throw new DomainError('ACCOUNT_NOT_FOUND');
    const { email, phone, firstName, lastName, locale } = account;
    return { accountId, email, ...(phone === undefined ? {} : { phone }), firstName, lastName, locale };
  }

  /** Registers somebody whose contact needs no verification (demo data, the first admin). Repeating it by email changes nothing. */
  async registerVerified(registration: VerifiedRegistration): Promise<{ accountId: string }> {
    return this.registration.execute(registration);
  }
}
