import { Injectable } from '@nestjs/common';
import type { QueueOptions } from 'bull';
import type { Redis } from 'ioredis';
import { Environment } from '../config/environment.js';
import { closeRedis, createRedis } from '../redis/redis.js';
import { capped } from './backoff.js';

/** A worker waits this long (seconds) for a job before it asks Redis again. */
const DRAIN_SECONDS = 5;

/** A connection that waits for jobs and hears nothing for so long (milliseconds) is given up. */
const SILENCE_MS = (DRAIN_SECONDS + 10) * 1000;

// Bull retries by itself for ever: a command that Redis did not answer is sent again after the reconnect.
const BULL_NEEDS = { maxRetriesPerRequest: null, enableReadyCheck: false };

/**
 * The connections of all queues of a process: one for commands, one for what Redis publishes, shared by all queues, and one
 * per processed kind of job, because a blocking wait cannot be shared. A process that only enqueues opens the first alone.
 */
@Injectable()
export class BullConnections {
  private shared: Redis | undefined;
  private subscriber: Redis | undefined;
  private readonly blocking: Redis[] = [];

  constructor(private readonly environment: Environment) {}

  /** What every queue of the process has in common. */
  queueOptions(): QueueOptions {
    return {
      prefix: `${this.environment.REDIS_PREFIX}:jobs`,
      createClient: (type) => this.connection(type),
      settings: {
        // A worker that was killed loses its jobs to another after at most lockDuration + stalledInterval.
        lockDuration: 20_000,
        lockRenewTime: 5000,
        stalledInterval: 10_000,
        // A job that has brought its worker down more often fails for good; a worker parks it.
        maxStalledCount: 5,
        guardInterval: 5000,
        retryProcessDelay: 1000,
        drainDelay: DRAIN_SECONDS,
        backoffStrategies: { capped },
      },
    };
  }

  /** The connection that jobs are enqueued by. */
  get commands(): Redis {
    // A socket that stays silent after a command is dead (a lost network says nothing); it is opened anew.
    this.shared ??= this.open('jobs', { socketTimeout: 5000 });
    return this.shared;
  }

  /** Closes them all; the queues must be closed before. */
  async close(): Promise<void> {
    const open = [this.shared, this.subscriber, ...this.blocking].filter((redis) => redis !== undefined);
    await Promise.all(open.map((redis) => closeRedis(redis)));
  }

  private connection(type: 'client' | 'subscriber' | 'bclient'): Redis {
    if (type === 'client') return this.commands;
    if (type === 'subscriber') {
      this.subscriber ??= this.open('jobs-subscriber', {});
      return this.subscriber;
    }
    const blocking = stoppable(this.open('jobs-worker', {}));
    // Redis says something every DRAIN_SECONDS; a socket that is silent for much longer is dead, and is opened anew.
    blocking.on('connect', () => blocking.stream.setTimeout(SILENCE_MS, () => blocking.stream.destroy(new Error('Socket timeout'))));
    this.blocking.push(blocking);
    return blocking;
  }

  private open(purpose: string, options: { socketTimeout?: number }): Redis {
    const redis = createRedis(this.environment, purpose, { ...BULL_NEEDS, ...options });
    // Every queue listens on the shared connections.
    redis.setMaxListeners(0);
    return redis;
  }
}

/**
 * At a stop Bull ends the blocking wait by closing the connection and opening it anew. A polite QUIT would stand behind that
 * wait, and a reconnect that the end of the process cuts off must not end it early with an unhandled rejection.
 */
function stoppable(redis: Redis): Redis {
  const connect = redis.connect.bind(redis);
  const quit = (): Promise<'OK'> => {
    redis.disconnect();
    return Promise.resolve('OK' as const);
  };
  return Object.assign(redis, { quit, connect: () => connect().catch(() => undefined) });
}
