import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { ShutdownState } from '../http/shutdown.js';
import { REDIS } from '../redis/redis.js';

/** A service that has not answered within this time (milliseconds) counts as down. */
const ANSWER_WITHIN_MS = 1000;

/** Probes of several machines within this time (milliseconds) share an answer. */
const SHARE_MS = 200;

/** Whether this process can do its work, and which of the services that it needs does not answer. */
export interface Readiness {
  readonly status: 'ok' | 'down' | 'stopping';
  readonly services: Readonly<Record<string, 'up' | 'down'>>;
}

/** Asks MongoDB and Redis whether they answer. */
@Injectable()
export class Health {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly shutdown: ShutdownState,
    @InjectConnection() private readonly connection: Connection,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Never rejects. Names services, but not why they are down: that is in the log, and this answer is public. */
  async readiness(): Promise<Readiness> {
    const { details } = await this.result();
    const states = Object.entries(details).map(([name, { status }]) => [name, status === 'up' ? 'up' : 'down'] as const);
    const services = Object.fromEntries(states);
    if (this.shutdown.isStopping) return { status: 'stopping', services };
    return { status: states.every(([, state]) => state === 'up') ? 'ok' : 'down', services };
  }

  private async result(): Promise<HealthCheckResult> {
    try {
      return await this.checks.check([this.attempt('mongodb', () => this.pingMongo()), this.attempt('redis', () => this.redis.ping())]);
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }

  private attempt(name: string, ping: () => Promise<unknown>) {
    const answered = async (): Promise<void> => {
      await ping();
    };
    return this.indicators.check(name).attempt(answered).withTimeout(ANSWER_WITHIN_MS).cacheFor(SHARE_MS);
  }

  private async pingMongo(): Promise<void> {
    if (!this.connection.db) throw new Error('not connected');
    await this.connection.db.command({ ping: 1 }, { timeoutMS: ANSWER_WITHIN_MS });
  }
}
