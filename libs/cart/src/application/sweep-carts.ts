import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, Sweep } from '@daraa/platform';
import { ExpiredCarts } from './expired-carts.js';

const EVERY_MS = 600_000;

/** Deletes expired carts; they are shown as empty already. Run by the worker. */
@Injectable()
export class SweepCarts {
  constructor(
    private readonly expired: ExpiredCarts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Sweep({ name: 'cart.sweep-expired', everyMs: EVERY_MS })
  async run(): Promise<void> {
    await this.expired.removeBefore(this.clock.now());
  }
}
