import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { Challenge } from '../domain/challenge.js';
import type { ChallengeKind } from '../domain/challenge.js';
import type { Channel } from '../events.js';
import { OneTimeCodes } from './one-time-codes.js';

/** A message that is asked for, and whose challenge it is. */
export interface VerificationRequest {
  readonly challengeId: string;
  /** Absent where the email belongs to nobody. */
  readonly accountId: string | undefined;
  readonly kind: ChallengeKind;
  readonly channel: Channel;
}

/** Asks for a message to the owner of an email: a code or a notice; a decoy takes the same steps and sends nothing. */
@Injectable()
export class RequestVerification {
  constructor(
    @InjectStore(Challenge) private readonly challenges: AggregateStore<Challenge>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly codes: OneTimeCodes,
  ) {}

  /** One read and one write. Nothing is asked for when it is too soon or too often. */
  async execute(request: VerificationRequest): Promise<void> {
    const now = this.clock.now();
    const present = await this.challenges.find(request.challengeId);
    if (!present) {
      await this.challenges.insertOrGet(this.open(request, now));
      return;
    }
    const issue = { kind: request.kind, channel: request.channel, nonce: this.codes.nonce() };
    await this.challenges.update(present, (challenge) => challenge.issue(issue, now));
  }

  /** Asks for the first message only: where there was one, nothing happens. */
  async ensure(request: VerificationRequest): Promise<void> {
    if (await this.challenges.find(request.challengeId)) return;
    await this.challenges.insertOrGet(this.open(request, this.clock.now()));
  }

  private open(request: VerificationRequest, now: Date): Challenge {
    const { challengeId, accountId, kind, channel } = request;
    return Challenge.open(challengeId, accountId, { kind, channel, nonce: this.codes.nonce() }, now);
  }
}
