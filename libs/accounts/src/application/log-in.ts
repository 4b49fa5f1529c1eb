import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore, RateLimits } from '@daraa/platform';
import { normaliseEmail } from '../domain/contact.js';
import { SecurityProfile } from '../domain/security-profile.js';
import type { Client } from '../domain/session.js';
import { securityProfileIdOf } from './ids.js';
import { OpenSession } from './open-session.js';
import type { OpenSessionView } from './open-session.js';
import { Passwords } from './passwords.js';
import { AccountDirectory } from './records.js';
import { UnknownEmails } from './unknown-emails.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly client: Client;
}

/**
 * Logs somebody in by email and password. An email that belongs to nobody takes the same steps, fails the same way and locks
 * the same way as any other.
 */
@Injectable()
export class LogIn implements OnApplicationBootstrap {
  constructor(
    @InjectStore(SecurityProfile) private readonly profiles: AggregateStore<SecurityProfile>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly directory: AccountDirectory,
    private readonly limits: RateLimits,
    private readonly openSession: OpenSession,
    private readonly passwords: Passwords,
    private readonly unknown: UnknownEmails,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.passwords.prepare();
  }

  /**
   * Throws `INVALID_CREDENTIALS`; `ACCOUNT_LOCKED` after five failures, for the right password as well; `RATE_LIMITED` where
   * there are too many logins from one address and no lock answers.
   */
  async execute({ email: given, password, client }: Credentials): Promise<OpenSessionView> {
    const email = normaliseEmail(given);
    const account = await this.directory.byEmail(email);
    const profileId = account ? securityProfileIdOf(account.id) : this.unknown.securityProfileIdOf(email);
    const profile = await this.profiles.find(profileId);
    if (profile) this.mustNotBeLocked(profile);
    await this.limits.consume('login', `ip:${client.ip}`);
    const isRight = await this.passwords.matches(profile?.passwordHash, password);
    if (!isRight || !account) {
      await this.noteFailure(profile ?? SecurityProfile.ofUnknownEmail(profileId));
      throw new DomainError('INVALID_CREDENTIALS');
    }
    await this.noteSuccess(profileId);
    return this.openSession.execute(account, client);
  }

  private async noteFailure(profile: SecurityProfile): Promise<void> {
    const fail = (present: SecurityProfile): void => {
      this.mustNotBeLocked(present);
      present.recordFailure(this.clock.now());
    };
    if (profile.version > 0) return void (await this.profiles.update(profile, fail));
    const first = SecurityProfile.ofUnknownEmail(profile.id);
    fail(first);
    const { aggregate, inserted } = await this.profiles.insertOrGet(first);
    if (!inserted) await this.profiles.update(aggregate, fail);
  }

  /** Reads the profile again: of many guesses at the same time, none is answered once five have failed. */
  private async noteSuccess(profileId: string): Promise<void> {
    await this.profiles.update(profileId, (present) => {
      this.mustNotBeLocked(present);
      present.recordSuccess();
    });
  }

  private mustNotBeLocked(profile: SecurityProfile): void {
    const now = this.clock.now();
    if (!profile.isLocked(now)) return;
    throw new DomainError('ACCOUNT_LOCKED', { data: { retryAfterSeconds: profile.lockSecondsLeft(now) } });
  }
}
