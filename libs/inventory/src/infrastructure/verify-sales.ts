import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Violation } from '@daraa/kernel';
import { inBatches, Verifies } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { HoldOwnerRegistry } from '../application/hold-owner-registry.js';
import { STOCK_MOVEMENTS } from './stock-movement.schema.js';
import type { StockMovementDocument } from './stock-movement.schema.js';

const RULE = 5;
const BATCH = 500;

/** Rule 5 of `daraa verify`: nothing is sold to a purchase that was never confirmed. */
@Injectable()
export class VerifySales {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly owners: HoldOwnerRegistry,
  ) {}

  @Verifies({ rule: RULE, name: 'every sale has its confirmed purchase' })
  async *run(): AsyncGenerator<Violation> {
    const sales = this.connection
      .collection<StockMovementDocument>(STOCK_MOVEMENTS)
      .find({ kind: 'sale' }, { projection: { reference: 1 } });
    for await (const batch of inBatches(sales, BATCH)) {
      const states = await this.owners.statesOf([...new Set(batch.flatMap(({ reference }) => reference ?? []))]);
      for (const { _id, reference = 'nobody' } of batch) {
        const state = states.get(reference);
        if (state === 'committed') continue;
        const found = `a sale to ${reference}, which is ${state ?? 'unknown to everybody'}`;
        yield { rule: RULE, document: `${STOCK_MOVEMENTS}/${_id}`, expected: 'a sale to a confirmed purchase', found };
      }
    }
  }
}
