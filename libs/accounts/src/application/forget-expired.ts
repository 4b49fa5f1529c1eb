import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { AggregateStore, CLOCK, Environment, InjectStore, Sweep } from '@daraa/platform';
import { Challenge } from '../domain/challenge.js';
import { SecurityProfile } from '../domain/security-profile.js';
import { Session } from '../domain/session.js';
import { ChallengeRecords, SecurityRecords, SessionRecords } from './records.js';

/** A challenge is kept this long after its code expired: it knows how many messages were sent in the last hour. */
const CHALLENGE_KEPT_MS = 3_600_000;
const BATCH = 1000;

/** Deletes what nothing depends on any more: sessions, challenges, failures on emails that belong to nobody. */
@Injectable()
export class ForgetExpired {
  constructor(
    @InjectStore(Challenge) private readonly challenges: AggregateStore<Challenge>,
    @InjectStore(SecurityProfile) private readonly profiles: AggregateStore<SecurityProfile>,
    @InjectStore(Session) private readonly sessions: AggregateStore<Session>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly environment: Environment,
    private readonly challengeRecords: ChallengeRecords,
    private readonly securityRecords: SecurityRecords,
    private readonly sessionRecords: SessionRecords,
  ) {}

  @Sweep({ name: 'accounts.forget-expired', everyMs: 60_000 })
  async execute(): Promise<void> {
    const now = this.clock.now();
    // Twice as long as an access token lives: every process has read it by then, and no token is left that it would stop.
    const ended = new Date(now.getTime() - 2 * this.environment.ACCESS_TOKEN_SECONDS * 1000);
    const kept = new Date(now.getTime() - CHALLENGE_KEPT_MS);
    await removeAll(this.sessions, await this.sessionRecords.deletable(now, ended, BATCH));
    await removeAll(this.challenges, await this.challengeRecords.deletable(kept, BATCH));
    await removeAll(this.profiles, await this.securityRecords.deletable(now, BATCH));
  }
}

async function removeAll(store: { remove(id: string): Promise<boolean> }, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => store.remove(id)));
}
