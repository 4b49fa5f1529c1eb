import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore, markHandledDirectly } from '@daraa/platform';
import { Account } from '../domain/account.js';
import { Challenge } from '../domain/challenge.js';
import { normaliseEmail } from '../domain/contact.js';
import type { Client } from '../domain/session.js';
import { challengeIdOf } from './ids.js';
import { CONFIRM_CONTACT } from './on-contact-confirmed.js';
import { OneTimeCodes } from './one-time-codes.js';
import { OpenSession } from './open-session.js';
import type { OpenSessionView } from './open-session.js';
import { AccountDirectory } from './records.js';
import { UnknownEmails } from './unknown-emails.js';

/** Checks a one-time code and logs its owner in. */
@Injectable()
export class VerifyContact {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @InjectStore(Challenge) private readonly challenges: AggregateStore<Challenge>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly directory: AccountDirectory,
    private readonly codes: OneTimeCodes,
    private readonly unknown: UnknownEmails,
    private readonly openSession: OpenSession,
  ) {}

  /** Throws `OTP_INVALID` for a wrong, used or expired code, after five tries, and for an email that waits for none. */
  async execute(request: { readonly email: string; readonly code: string; readonly client: Client }): Promise<OpenSessionView> {
    const email = normaliseEmail(request.email);
    const account = await this.directory.byEmail(email);
    const challengeId = account ? challengeIdOf(account.id) : this.unknown.challengeIdOf(email);
    const channel = await this.confirm(challengeId, account, request.code);
    if (!account || !channel) throw new DomainError('OTP_INVALID');
    const { aggregate } = await this.accounts.update(account, (present) => present.confirmContact(channel, this.clock.now()));
    markHandledDirectly(CONFIRM_CONTACT, challengeId);
    return this.openSession.execute(aggregate, request.client);
  }

  /** The channel that is confirmed by the right code. Every email takes one read and one write, whether it is known or not. */
  private async confirm(challengeId: string, account: Account | undefined, code: string): Promise<Challenge['channel'] | undefined> {
    const now = this.clock.now();
    const present = await this.challenges.find(challengeId);
    if (!present) {
      const decoy = Challenge.open(challengeId, account?.id, { kind: 'decoy', channel: 'email', nonce: this.codes.nonce() }, now);
      decoy.answer(code, this.codes, now);
      await this.challenges.insertOrGet(decoy);
      return undefined;
    }
    const { aggregate, result } = await this.challenges.update(present, (challenge) => challenge.answer(code, this.codes, now));
    return result ? aggregate.channel : undefined;
  }
}
