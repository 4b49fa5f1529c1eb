import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource } from '@daraa/kernel';
import { AggregateStore, asDuplicateKey, CLOCK, IDS, InjectStore } from '@daraa/platform';
import { Account } from '../domain/account.js';
import type { Locale } from '../domain/account.js';
import { SecurityProfile } from '../domain/security-profile.js';
import type { Role } from '../events.js';
import { securityProfileIdOf } from './ids.js';
import { KeepAddresses } from './keep-addresses.js';
import type { NewAddress } from './keep-addresses.js';
import { Passwords } from './passwords.js';
import { AccountDirectory } from './records.js';

/** Somebody whose contact needs no verification. Either the password or a hash of it (argon2id) is given. */
export interface VerifiedRegistration {
  readonly email: string;
  readonly password?: string;
  readonly passwordHash?: string;
  readonly firstName: string;
  readonly lastName: string;
  /** E.164. */
  readonly phone?: string;
  readonly locale?: Locale;
  readonly roles: readonly Role[];
  readonly addresses?: readonly NewAddress[];
}

/** Registers people who need not verify their contact: demo data, and the first admin. Repeating it by email changes nothing. */
@Injectable()
export class RegisterVerified {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @InjectStore(SecurityProfile) private readonly profiles: AggregateStore<SecurityProfile>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    private readonly directory: AccountDirectory,
    private readonly passwords: Passwords,
    private readonly addresses: KeepAddresses,
  ) {}

  async execute(registration: VerifiedRegistration): Promise<{ accountId: string }> {
    const accountId = (await this.directory.byEmail(registration.email))?.id ?? (await this.register(registration));
    const wanted = registration.addresses ?? [];
    if (wanted.length > 0 && (await this.addresses.list(accountId)).length === 0) {
      for (const address of wanted) await this.addresses.add(accountId, address);
    }
    return { accountId };
  }

  private async register(registration: VerifiedRegistration): Promise<string> {
    const { email, firstName, lastName, phone, locale = 'en', roles } = registration;
    const id = this.ids.next('acc');
    const now = this.clock.now();
    const passwordHash = registration.passwordHash ?? (await this.passwords.hash(passwordOf(registration)));
    const account = Account.register(id, { email, firstName, lastName, locale, roles, ...(phone === undefined ? {} : { phone }) }, now);
    account.confirmContact('email', now);
    // The account comes last: it is what the email is found by, and it never stands without its password.
    await this.profiles.insert(SecurityProfile.ofAccount(securityProfileIdOf(id), id, passwordHash));
    try {
      await this.accounts.insert(account);
      return id;
    } catch (error) {
      if (!asDuplicateKey(error)) throw error;
      await this.profiles.remove(securityProfileIdOf(id));
      const present = await this.directory.byEmail(email);
      if (!present) throw error;
      return present.id;
    }
  }
}

function passwordOf({ password, email }: VerifiedRegistration): string {
  if (password === undefined) throw new Error(`Neither a password nor a hash of one is given for ${email}.`);
  return password;
}
