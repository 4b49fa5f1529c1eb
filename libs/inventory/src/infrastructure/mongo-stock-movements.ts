import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { asDuplicateKey, CoalescedWrites } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { StockMovements } from '../application/stock-movements.js';
import type { StockMovement } from '../domain/stock-movement.js';
import { documentOf, movementOf, STOCK_MOVEMENTS } from './stock-movement.schema.js';
import type { StockMovementDocument } from './stock-movement.schema.js';

/** StockMovements over the collection `stock_movements`. */
@Injectable()
export class MongoStockMovements extends StockMovements {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly writes: CoalescedWrites,
  ) {
    super();
  }

  insert(movements: readonly StockMovement[]): Promise<boolean[]> {
    return Promise.all(
      movements.map(async (movement) => {
        try {
          await this.writes.run({ name: 'insertOne', collection: STOCK_MOVEMENTS, document: documentOf(movement) });
          return true;
        } catch (error) {
          if (!asDuplicateKey(error)?.isSameId) throw error;
          return false;
        }
      }),
    );
  }

  async find(movementId: string): Promise<StockMovement | undefined> {
    const document = await this.connection.collection<StockMovementDocument>(STOCK_MOVEMENTS).findOne({ _id: movementId });
    return document ? movementOf(document) : undefined;
  }
}
