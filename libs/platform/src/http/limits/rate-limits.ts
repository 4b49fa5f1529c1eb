import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { DomainError } from '@daraa/kernel';
import { Environment } from '../../config/environment.js';
import { closeRedis, createRedis } from '../../redis/redis.js';
import { RATE_LIMITS } from './policies.js';
import type { RateLimitName } from './policies.js';

export const RATE_LIMIT_REDIS = Symbol('RATE_LIMIT_REDIS');

/** A request never waits longer than this (milliseconds) for its count … */
const COMMAND_TIMEOUT = 200;
/** … and after one that failed, none is counted for this long, so that a Redis that hangs does not make everything slow. */
const PAUSE = 1_000;
/** The start of the process waits this long (milliseconds) for Redis, so that the first requests are counted. */
const CONNECT_WITHIN = 1_000;
const WARN_EVERY = 10_000;

/** Counts one request in a window that begins with the first; one round trip, one key. */
const COUNT = `
local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return { hits, left }`;

/** A connection of its own for counting: it fails at once instead of queueing while Redis is away. */
export function connectForCounting(environment: Environment): Redis {
  return createRedis(environment, 'limits', {
    keyPrefix: `${environment.REDIS_PREFIX}:limit:`,
    lazyConnect: true,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT,
    maxRetriesPerRequest: 0,
    scripts: { countRequest: { lua: COUNT, numberOfKeys: 1 } },
  });
}

/** What ioredis makes of the script above: hits so far, milliseconds until the window ends. */
interface CountingRedis extends Redis {
  countRequest(key: string, windowMs: number): Promise<[hits: number, left: number]>;
}

/** How far a limit is used up. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the count begins anew. */
  readonly resetSeconds: number;
}

/**
 * Counts requests in Redis, shared by all processes. When Redis does not answer at once, requests pass uncounted and a warning
 * is logged: a limit protects the shop, it must not close it.
 */
@Injectable()
export class RateLimits implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RateLimits.name);
  private readonly redis: CountingRedis;
  private pausedUntil = 0;
  private warnedAt = 0;

  constructor(
    @Inject(RATE_LIMIT_REDIS) redis: Redis,
    private readonly environment: Environment,
  ) {
    this.redis = redis as CountingRedis;
  }

  async onModuleInit(): Promise<void> {
    if (this.environment.RATE_LIMIT === 'off') return;
    const connected = this.redis.connect().catch((error: unknown) => this.warn(error));
    await Promise.race([connected, wait(CONNECT_WITHIN, undefined, { ref: false })]);
  }

  /**
   * Counts one use of `policy` by `key` (an account id, an address, an email). Throws `RATE_LIMITED`, with the seconds to wait,
   * when there were too many. Undefined when nothing was counted: limits are off, or Redis is away.
   */
  async consume(policy: RateLimitName, key: string): Promise<RateLimitState | undefined> {
    if (this.environment.RATE_LIMIT === 'off') return undefined;
    const { limit, windowMs } = RATE_LIMITS[policy];
    const counted = await this.count(`${policy}:${key}`, windowMs);
    if (!counted) return undefined;
    const resetSeconds = Math.max(1, Math.ceil(counted.left / 1000));
    if (counted.hits > limit) throw new DomainError('RATE_LIMITED', { data: { policy, retryAfterSeconds: resetSeconds } });
    return { limit, remaining: limit - counted.hits, resetSeconds };
  }

  async onApplicationShutdown(): Promise<void> {
    await closeRedis(this.redis);
  }

  private async count(key: string, windowMs: number): Promise<{ hits: number; left: number } | undefined> {
    if (Date.now() < this.pausedUntil) return undefined;
    try {
      const [hits, left] = await this.redis.countRequest(key, windowMs);
      return { hits, left };
    } catch (error) {
      this.pausedUntil = Date.now() + PAUSE;
      this.warn(error);
      return undefined;
    }
  }

  private warn(error: unknown): void {
    const now = Date.now();
    if (now - this.warnedAt < WARN_EVERY) return;
    this.warnedAt = now;
    this.logger.warn(`Requests are not counted, Redis does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}
