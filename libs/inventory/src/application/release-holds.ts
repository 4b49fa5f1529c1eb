import { Injectable } from '@nestjs/common';
import { mergedLines } from '../domain/stock-lines.js';
import type { StockLine } from '../domain/stock-lines.js';
import { StockItems } from './stock-items.js';

/** What a purchase held and did not buy is free again. */
@Injectable()
export class ReleaseHolds {
  constructor(private readonly items: StockItems) {}

  /** Repeating changes nothing; what is committed stays sold. */
  async execute(ownerId: string, lines: readonly StockLine[]): Promise<void> {
    await this.items.release(ownerId, mergedLines(lines));
  }
}
