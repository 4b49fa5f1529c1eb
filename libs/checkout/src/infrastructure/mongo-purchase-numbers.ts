import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { PurchaseNumbers } from '../application/purchase-numbers.js';

const BLOCK = 100;
const DIGITS = 6;

interface Block {
  next: number;
  readonly end: number;
}

/** Takes numbers in blocks of a hundred per process, so that a checkout needs no round trip for its number. */
@Injectable()
export class MongoPurchaseNumbers extends PurchaseNumbers {
  private readonly blocks = new Map<number, Promise<Block>>();

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  async next(at: Date): Promise<string> {
    const year = at.getUTCFullYear();
    for (;;) {
      const pending = this.blocks.get(year) ?? this.takeBlock(year);
      const block = await pending;
      if (block.next < block.end) {
        const number = block.next;
        block.next += 1;
        return `DRA-${year}-${String(number).padStart(DIGITS, '0')}`;
      }
      if (this.blocks.get(year) === pending) this.blocks.delete(year);
    }
  }

  private takeBlock(year: number): Promise<Block> {
    const taking = this.connection
      .collection<{ _id: string; last: number }>('counters')
      .findOneAndUpdate({ _id: `purchase:${year}` }, { $inc: { last: BLOCK } }, { upsert: true, returnDocument: 'after' })
      .then((counter) => {
        const end = (counter?.last ?? BLOCK) + 1;
        return { next: end - BLOCK, end };
      });
    this.blocks.set(year, taking);
    taking.catch(() => this.blocks.delete(year));
    return taking;
  }
}
