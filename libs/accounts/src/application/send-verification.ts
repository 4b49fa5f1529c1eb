import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore, JobProcessor, JobQueue, MailSender, SmsSender, Sweep } from '@daraa/platform';
import { Account } from '../domain/account.js';
import { Challenge } from '../domain/challenge.js';
import { SendVerification, verificationJob } from './jobs.js';
import { OneTimeCodes } from './one-time-codes.js';
import { ChallengeRecords } from './records.js';
import { codeMail, codeSms, noticeMail } from './verification-messages.js';

/** Younger messages are left to the process that asked for them (milliseconds). */
const SWEEP_AGE_MS = 5000;
const BATCH = 500;

/** Sends codes and notices, and finds those that nobody was told to send. The text is made here and stored nowhere. */
@Injectable()
export class VerificationSender {
  constructor(
    @InjectStore(Account) private readonly accounts: AggregateStore<Account>,
    @InjectStore(Challenge) private readonly challenges: AggregateStore<Challenge>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly codes: OneTimeCodes,
    private readonly jobs: JobQueue,
    private readonly mail: MailSender,
    private readonly records: ChallengeRecords,
    private readonly sms: SmsSender,
  ) {}

  /** Two jobs for one message send it once: who writes first that it is being sent sends it. */
  @JobProcessor(SendVerification)
  async send({ challengeId }: { readonly challengeId: string }): Promise<void> {
    const found = await this.challenges.find(challengeId);
    if (!found) return;
    const begun = await this.challenges.update(found, (present) => present.beginDelivery(this.clock.now()));
    if (!begun.result) return;
    const challenge = begun.aggregate;
    try {
      await this.deliver(challenge);
    } catch (error) {
      await this.challenges.update(challengeId, (present) => present.abandonDelivery(challenge.issuedAt));
      throw error;
    }
    await this.challenges.update(challengeId, (present) => present.markSent(challenge.issuedAt, this.clock.now()));
  }

  /** Redis was away, or lost what it had: what still waits is enqueued (again). */
  @Sweep({ name: 'accounts.send-due-verifications', everyMs: 10_000 })
  async sendDue(): Promise<void> {
    const due = await this.records.waiting(new Date(this.clock.now().getTime() - SWEEP_AGE_MS), BATCH);
    await this.jobs.enqueueDue(SendVerification, due.map(({ id, issuedAt }) => verificationJob(id, issuedAt)));
  }

  private async deliver(challenge: Challenge): Promise<void> {
    const account = challenge.accountId === undefined ? undefined : await this.accounts.find(challenge.accountId);
    if (!account) return;
    if (challenge.kind === 'notice') return this.mail.send({ to: account.email, ...noticeMail(account.locale) });
    const code = this.codes.codeOf(challenge.id, challenge.nonce);
    if (challenge.channel === 'sms' && account.phone !== undefined) {
      return this.sms.send({ to: account.phone, ...codeSms(account.locale, code) });
    }
    return this.mail.send({ to: account.email, ...codeMail(account.locale, code) });
  }
}
