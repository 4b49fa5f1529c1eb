import { Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { KeepAddresses } from './application/keep-addresses.js';
import { AccountDirectory } from './application/records.js';
import { RegisterVerified } from './application/register-verified.js';
import type { VerifiedRegistration } from './application/register-verified.js';
import type { AddressView, ContactView } from './application/views.js';

/** What other contexts may ask of accounts. */
@Injectable()
export class Accounts {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly addresses: KeepAddresses,
    private readonly registration: RegisterVerified,
  ) {}

  /** One round trip. Throws `ADDRESS_NOT_FOUND`, also for somebody else's address. */
  async addressOf(accountId: string, addressId: string): Promise<AddressView> {
    return this.addresses.get(accountId, addressId);
  }

  /** How the owner of an account is addressed and reached. One round trip. Throws `ACCOUNT_NOT_FOUND`. */
  async contactOf(accountId: string): Promise<ContactView> {
    const contact = await this.directory.contactOf(accountId);
    if (!contact) throw new DomainError('ACCOUNT_NOT_FOUND');
    return contact;
  }

  /** Registers somebody whose contact needs no verification (demo data, the first admin). Repeating it by email changes nothing. */
  async registerVerified(registration: VerifiedRegistration): Promise<{ accountId: string }> {
    return this.registration.execute(registration);
  }
}
