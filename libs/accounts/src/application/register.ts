import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock, IdSource } from '@daraa/kernel';
import { afterReply, AggregateStore, asDuplicateKey, CLOCK, IDS, InjectStore, markHandledDirectly } from '@daraa/platform';
import { Account } from '../domain/account.js';
import type { AccountStatus, Locale } from '../domain/account.js';
import { CODE_LIFETIME_MS } from '../domain/challenge.js';
import { normaliseEmail } from '../domain/contact.js';
import { SecurityProfile } from '../domain/security-profile.js';
import type { Channel, Role } from '../events.js';
import { challengeIdOf, noticeIdOf, securityProfileIdOf } from './ids.js';
import { REQUEST_VERIFICATION } from './on-account-registered.js';
import { Passwords } from './passwords.js';
import { AccountDirectory } from './records.js';
import { RequestVerification } from './request-verification.js';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  /** E.164. */
  readonly phone?: string;
  readonly role: Exclude<Role, 'admin'>;
  readonly locale: Locale;
}

export interface RegistrationView {
  readonly account: { readonly id: string; readonly email: string; readonly status: AccountStatus; readonly roles: readonly Role[] };
  readonly verification: { readonly channel: Channel; readonly expiresAt: Date };
}

const channel = 'email';

/**
 * Registers somebody and sends a one-time code. Who registers a known email gets the same answer after the same steps, and the
 * owner of the email gets a notice in place of a code: neither answer nor time tells which emails are known.
 */
@Injectable()
export class Register {
  private readonly logger = new Logger(Register.name);

  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @InjectStore(SecurityProfile) private readonly profiles: AggregateStore<SecurityProfile>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    private readonly directory: AccountDirectory,
    private readonly passwords: Passwords,
    private readonly verification: RequestVerification,
  ) {}

  async execute(registration: Registration): Promise<RegistrationView> {
    const { password, role, ...profile } = registration;
    const email = normaliseEmail(registration.email);
    const now = this.clock.now();
    const id = this.ids.next('acc');
    // Searched in any case, while the machine is busy anyway.
    const [passwordHash, owner] = await Promise.all([this.passwords.hash(password), this.directory.byEmail(email)]);
    // The account comes after its password: it is what the email is found by, and it never stands without one.
    await this.profiles.insert(SecurityProfile.ofAccount(securityProfileIdOf(id), id, passwordHash));
    const account = Account.register(id, { ...profile, email, roles: [role] }, now);
    if (await this.isNew(account)) await this.sendCode(id);
    else await this.refuse(id, owner ?? (await this.directory.byEmail(email)));
    return {
      account: { id, email, status: 'pending_verification', roles: [role] },
      verification: { channel, expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS) },
    };
  }

  private async isNew(account: Account): Promise<boolean> {
    try {
      await this.accounts.insert(account);
      return true;
    } catch (error) {
      if (asDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async sendCode(accountId: string): Promise<void> {
    await this.verification.execute({ challengeId: challengeIdOf(accountId), accountId, kind: 'code', channel });
    markHandledDirectly(REQUEST_VERIFICATION, accountId);
  }

  private async refuse(unusedId: string, owner: Account | undefined): Promise<void> {
    afterReply(() => this.forgetPassword(unusedId));
    if (!owner) return;
    await this.verification.execute({ challengeId: noticeIdOf(owner.id), accountId: owner.id, kind: 'notice', channel });
  }

  /** Nobody has this id: what is left after a crash here is a hash that opens nothing. */
  private forgetPassword(unusedId: string): void {
    this.profiles
      .remove(securityProfileIdOf(unusedId))
      .catch((error: unknown) => this.logger.warn({ message: 'The password of a refused registration is still stored', error }));
  }
}
