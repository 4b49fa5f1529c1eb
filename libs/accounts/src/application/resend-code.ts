import { Injectable } from '@nestjs/common';
import { RateLimits } from '@daraa/platform';
import { normaliseEmail } from '../domain/contact.js';
import type { Channel } from '../events.js';
import { challengeIdOf } from './ids.js';
import { AccountDirectory } from './records.js';
import { RequestVerification } from './request-verification.js';
import { UnknownEmails } from './unknown-emails.js';

/** Sends a new code to somebody who waits for one. Nothing tells whether that was so, or whether a minute had passed. */
@Injectable()
export class ResendCode {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly limits: RateLimits,
    private readonly unknown: UnknownEmails,
    private readonly verification: RequestVerification,
  ) {}

  /** Throws `RATE_LIMITED` when too many were asked for this email, known or not. */
  async execute(request: { readonly email: string; readonly channel: Channel }): Promise<void> {
    const email = normaliseEmail(request.email);
    await this.limits.consume('otp', `email:${this.unknown.keyOf(email)}`);
    const account = await this.directory.byEmail(email);
    await this.verification.execute({
      challengeId: account ? challengeIdOf(account.id) : this.unknown.challengeIdOf(email),
      accountId: account?.id,
      kind: account && !account.isVerified ? 'code' : 'decoy',
      channel: account?.phone === undefined ? 'email' : request.channel,
    });
  }
}
