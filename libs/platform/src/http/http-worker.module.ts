import { Injectable, Module } from '@nestjs/common';
import { Sweep } from '../jobs/sweep.js';
import { IdempotencyKeys } from './idempotency/idempotency-keys.js';

const EVERY_MS = 600_000;

/** Deletes the answers that were kept long enough. */
@Injectable()
export class SweepIdempotencyKeys {
  constructor(private readonly keys: IdempotencyKeys) {}

  @Sweep({ name: 'http.sweep-idempotency-keys', everyMs: EVERY_MS })
  async run(): Promise<void> {
    await this.keys.sweep(new Date());
  }
}

/** What the worker does for HTTP. */
@Module({ providers: [IdempotencyKeys, SweepIdempotencyKeys] })
export class HttpWorkerModule {}
