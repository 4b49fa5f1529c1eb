import { Global, Inject, Injectable, Module } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Environment } from '../config/environment.js';
import { closeRedis, createFailFastRedis, REDIS } from './redis.js';

/** Opens the connection at the start, without insisting on it, and closes it when everything else has stopped. */
@Injectable()
class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async onModuleInit(): Promise<void> {
    if (this.redis.status !== 'wait') return;
    // A Redis that is away must not keep the process from starting; the connection's own log line has said so.
    await this.redis.connect().catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await closeRedis(this.redis);
  }
}

/** One connection to Redis for plain commands, injected by the token REDIS; it fails fast while Redis is away. */
@Global()
@Module({
  providers: [
    { provide: REDIS, inject: [Environment], useFactory: (environment: Environment) => createFailFastRedis(environment, 'commands') },
    RedisConnection,
  ],
  exports: [REDIS],
})
export class RedisModule {}
