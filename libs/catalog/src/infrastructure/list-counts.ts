import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Clock } from '@daraa/kernel';
import { CLOCK } from '@daraa/platform';
import type { Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { LISTINGS } from '../application/listings.js';
import type { Listing } from '../domain/listing.js';

/** Up to here a list is counted exactly, each time. */
const COUNTED_EXACTLY = 1000;
/** A longer list is counted up to here, and its count is kept for a while: nobody notices one more or less in a thousand. */
const COUNTED_AT_MOST = 100_000;
const KEPT_MS = 30_000;
const MOST_KEPT = 500;

interface Kept {
  readonly total: number;
  readonly until: number;
}

/** How many listings answer a filter. The cost stays small however many there are, so that a page costs what it shows. */
@Injectable()
export class ListCounts {
  private readonly kept = new Map<string, Kept>();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Exact up to 1,000; beyond it up to 30 seconds old, and never more than 100,000. */
  async count(filter: Filter<Listing>): Promise<number> {
    const key = JSON.stringify(filter);
    const known = this.kept.get(key);
    if (known && known.until > this.now()) return known.total;
    this.kept.delete(key);
    const few = await this.countUpTo(filter, COUNTED_EXACTLY + 1);
    if (few <= COUNTED_EXACTLY) return few;
    const total = await this.countUpTo(filter, COUNTED_AT_MOST);
    this.keep(key, total);
    return total;
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private countUpTo(filter: Filter<Listing>, limit: number): Promise<number> {
    return this.connection.collection<Listing>(LISTINGS).countDocuments(filter, { limit });
  }

  private keep(key: string, total: number): void {
    const oldest = this.kept.size >= MOST_KEPT ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, { total, until: this.now() + KEPT_MS });
  }
}
