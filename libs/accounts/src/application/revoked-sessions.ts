import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, Environment, SessionRevocations } from '@daraa/platform';
import { SessionRecords } from './records.js';

/** How often (milliseconds) a process asks which sessions other processes have ended. */
const POLL_MS = 1000;
/** Clocks of processes may differ, and writes show late: the last seconds (milliseconds) are read again each time. */
const OVERLAP_MS = 30_000;

/**
 * The sessions that were ended while their last access token is still good, in the memory of every process: a request is checked
 * without asking the database. What another process has ended is known here after about a second.
 */
@Injectable()
export class RevokedSessions extends SessionRevocations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RevokedSessions.name);
  private readonly endedAt = new Map<string, number>();
  private readonly keepMs: number;
  private seenUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private isAway = false;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly records: SessionRecords,
    environment: Environment,
  ) {
    super();
    this.keepMs = environment.ACCESS_TOKEN_SECONDS * 1000 + OVERLAP_MS;
  }

  override isRevoked(sessionId: string): boolean {
    return this.endedAt.has(sessionId);
  }

  /** Takes note, at once, of a session that this process has ended. */
  remember(sessionId: string, at: Date): void {
    this.endedAt.set(sessionId, at.getTime());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
    this.schedule();
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Reads what was ended since the last time, and forgets those whose tokens have expired. */
  async refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    const since = Math.max(now - this.keepMs, this.seenUntil - OVERLAP_MS);
    for (const { id, revokedAt } of await this.records.revokedSince(new Date(since))) this.endedAt.set(id, revokedAt.getTime());
    this.seenUntil = now;
    for (const [sessionId, at] of this.endedAt) if (at < now - this.keepMs) this.endedAt.delete(sessionId);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.poll(), POLL_MS);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    try {
      await this.refresh();
      this.isAway = false;
    } catch (error) {
      // Said once per outage; the next turn reads all that was missed.
      if (!this.isAway) this.logger.warn({ message: 'Sessions that other processes end are not seen at the moment', error });
      this.isAway = true;
    }
    if (this.timer) this.schedule();
  }
}
