import { Inject, Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Clock } from '@daraa/kernel';
import { CLOCK } from '@daraa/platform';
import type { Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { LISTINGS, Listings } from '../application/listings.js';
import type { Listing } from '../domain/listing.js';

/** A list of so many is counted each time; counting more costs as much as reading the page. */
const COUNTED_EACH_TIME = 100;
/** Up to here a count is exact, and kept for a moment. */
const COUNTED_EXACTLY = 1000;
const KEPT_MS = 5_000;
/** A longer list is counted up to here, and its count is kept longer: nobody notices one more or less in a thousand. */
const COUNTED_AT_MOST = 100_000;
const LONG_KEPT_MS = 30_000;
const MOST_KEPT = 500;

interface Kept {
  readonly total: number;
  readonly generation: number;
  readonly until: number;
}

/** How many listings answer a filter. The cost stays small however many there are, so that a page costs what it shows. */
@Injectable()
export class ListCounts {
  private readonly kept = new Map<string, Kept>();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly listings: Listings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What this process has changed is counted at once. What others change is counted at once up to 100, after 5 seconds up to
   * 1,000, after 30 seconds beyond; more than 100,000 count as 100,000.
   */
  async count(filter: Filter<Listing>): Promise<number> {
    const { generation } = this.listings;
    const key = JSON.stringify(filter);
    const known = this.kept.get(key);
    if (known?.generation === generation && known.until > this.now()) return known.total;
    this.kept.delete(key);
    const few = await this.countUpTo(filter, COUNTED_EXACTLY + 1);
    if (few <= COUNTED_EACH_TIME) return few;
    const isLong = few > COUNTED_EXACTLY;
    const total = isLong ? await this.countUpTo(filter, COUNTED_AT_MOST) : few;
    this.keep(key, { total, generation, until: this.now() + (isLong ? LONG_KEPT_MS : KEPT_MS) });
    return total;
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private countUpTo(filter: Filter<Listing>, limit: number): Promise<number> {
    return this.connection.collection<Listing>(LISTINGS).countDocuments(filter, { limit });
  }

  private keep(key: string, count: Kept): void {
    const oldest = this.kept.size >= MOST_KEPT ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, count);
  }
}
