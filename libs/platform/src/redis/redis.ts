import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import type { Environment } from '../config/environment.js';

/** The injection token of the process's one connection for plain commands: `@Inject(REDIS) redis: Redis`. */
export const REDIS = Symbol('REDIS');

/** A command that Redis has not answered within this many milliseconds is given up. */
export const REDIS_COMMAND_MS = 1000;

const LONGEST_RECONNECT_MS = 2000;

/** Reconnects for ever, at most two seconds apart. */
function reconnectAfter(attempt: number): number {
  return Math.min(attempt * 100, LONGEST_RECONNECT_MS);
}

/**
 * A connection to REDIS_URL that reconnects for ever, says once per outage that Redis is away and once that it is back, and
 * never ends the process. `options` go to ioredis. The caller closes it with `closeRedis`.
 */
export function createRedis(environment: Environment, purpose: string, options: RedisOptions = {}): Redis {
  const redis = new Redis(environment.REDIS_URL, {
    connectionName: `${environment.REDIS_PREFIX}:${purpose}`,
    retryStrategy: reconnectAfter,
    connectTimeout: 5000,
    keepAlive: 10_000,
    ...options,
  });
  const logger = new Logger('Redis');
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.warn(`Redis does not answer (${purpose}): ${error.message || error.name}`);
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.log(`Redis answers again (${purpose})`);
    away = false;
  });
  return redis;
}

/**
 * A connection for plain commands that fails fast: at once while Redis is away, after REDIS_COMMAND_MS when it hangs.
 * Whoever uses it decides what to do without Redis.
 */
export function createFailFastRedis(environment: Environment, purpose: string): Redis {
  return createRedis(environment, purpose, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: REDIS_COMMAND_MS,
  });
}

/** Closes a connection: politely where Redis answers, at once where it does not. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  if (redis.status !== 'ready') return redis.disconnect();
  const polite = redis.quit().then(() => true).catch(() => false);
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), REDIS_COMMAND_MS).unref());
  if (!(await Promise.race([polite, late]))) redis.disconnect();
}
