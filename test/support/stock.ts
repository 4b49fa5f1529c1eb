import { jest } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { Inventory, InventoryModule, verifyStock } from '@daraa/inventory';
import { BackInStock, StockLow, StockOut, StockShortage } from '@daraa/inventory/events';
import type { StockLevel } from '@daraa/inventory/events';
import { randomIds, SYSTEM } from '@daraa/kernel';
import type { EventDefinition, Violation } from '@daraa/kernel';
import { Acknowledger, ConfigurationModule, Dispatcher, MessagingModule, MongoModule, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { VariantsAdded } from '@daraa/catalog/events';
import { RoundTrips } from './round-trips.js';

// Hundreds of buyers at once take their time on a busy machine.
jest.setTimeout(60_000);

/** One crossing as it was heard. */
export interface HeardLevel extends StockLevel {
  readonly name: 'low' | 'out' | 'back';
}

/** Keeps what the stock tells. */
@Injectable()
export class StockListener {
  readonly levels: HeardLevel[] = [];
  readonly shortages: { readonly variantId: string; readonly ownerId: string; readonly quantity: number }[] = [];

  @OnDomainEvent(StockLow, 'testing.stock-low')
  onLow({ payload }: EventOf<typeof StockLow>): Promise<void> {
    return this.hear('low', payload);
  }

  @OnDomainEvent(StockOut, 'testing.stock-out')
  onOut({ payload }: EventOf<typeof StockOut>): Promise<void> {
    return this.hear('out', payload);
  }

  @OnDomainEvent(BackInStock, 'testing.back-in-stock')
  onBack({ payload }: EventOf<typeof BackInStock>): Promise<void> {
    return this.hear('back', payload);
  }

  @OnDomainEvent(StockShortage, 'testing.stock-shortage')
  onShortage({ payload }: EventOf<typeof StockShortage>): Promise<void> {
    this.shortages.push(payload);
    return Promise.resolve();
  }

  private hear(name: HeardLevel['name'], payload: StockLevel): Promise<void> {
    this.levels.push({ name, ...payload });
    return Promise.resolve();
  }
}

@Module({})
class StockRoot {
  static on(uri: string): DynamicModule {
    return {
      module: StockRoot,
      imports: [ConfigurationModule.forRoot({ MONGODB_URI: uri }), MongoModule, MessagingModule, InventoryModule],
      providers: [StockListener],
    };
  }
}

/** The stock in a process of its own, as far as MongoDB can tell. */
export class StockProcess {
  readonly inventory: Inventory;
  readonly connection: Connection;
  readonly listener: StockListener;
  readonly roundTrips: RoundTrips;

  constructor(readonly app: INestApplicationContext) {
    this.inventory = app.get(Inventory, { strict: false });
    this.connection = app.get<Connection>(getConnectionToken());
    this.listener = app.get(StockListener);
    this.roundTrips = new RoundTrips(this.connection);
  }

  static async start(uri: string): Promise<StockProcess> {
    const process = new StockProcess(await NestFactory.createApplicationContext(StockRoot.on(uri), { logger: false }));
    await Promise.all(Object.values(process.connection.models).map((model) => model.init()));
    return process;
  }

  /** A new variant with so many pieces. */
  async aVariant(stock: number, storeId: string = randomIds.next('sto')): Promise<string> {
    const variantId = randomIds.next('var');
    const variants = [{ variantId, sku: `SKU-${variantId.slice(-8)}`, initialStock: stock }];
    await this.deliver(VariantsAdded, { productId: randomIds.next('prod'), storeId, variants });
    return variantId;
  }

  /** Delivers an event to all handlers of this process, as a dispatch after a reply or the relay does. */
  async deliver<Payload extends object>(definition: EventDefinition<Payload>, payload: Payload): Promise<void> {
    await this.app.get(Dispatcher).dispatch({
      collection: 'nowhere',
      event: {
        eventId: randomIds.next('evt'),
        type: definition.type,
        schema: definition.schema,
        aggregateId: 'testing',
        aggregateVersion: 1,
        occurredAt: new Date(),
        correlationId: 'testing',
        actor: SYSTEM,
        payload,
      },
    });
  }

  /** Waits until all that was left for later is written and told. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.app.get(Dispatcher).idle();
    await this.app.get(Acknowledger).flush();
  }

  /** What is on hand, set aside and left, straight from the document. */
  async countOf(variantId: string): Promise<{ onHand: number; reserved: number; available: number }> {
    const item = await this.document(variantId);
    return item.locations.main;
  }

  async document(variantId: string): Promise<StoredItem> {
    const item = await this.connection.collection<StoredItem>('stock_items').findOne({ _id: variantId });
    if (!item) throw new Error(`There is no stock item ${variantId}.`);
    return item;
  }

  /** The movements of a variant, by id. */
  async movementsOf(variantId: string): Promise<Record<string, number>> {
    const found = await this.connection.collection<{ _id: string; quantity: number }>('stock_movements').find({ variantId }).toArray();
    return Object.fromEntries(found.map(({ _id, quantity }) => [_id, quantity]));
  }

  async violations(): Promise<Violation[]> {
    const found: Violation[] = [];
    for await (const violation of verifyStock(this.connection)) found.push(violation);
    return found;
  }

  /** How many events no handler could handle. */
  parked(): Promise<number> {
    return this.connection.collection('parked_events').countDocuments();
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

interface StoredItem {
  readonly _id: string;
  readonly locations: { readonly main: { onHand: number; reserved: number; available: number } };
  readonly holds: Readonly<Record<string, { quantity: number; state: string }>>;
  readonly pending: Readonly<Record<string, object>>;
  readonly level: string;
  readonly margin: number;
  readonly levelSequence: number;
  readonly version: number;
  readonly outbox: readonly object[];
}

/** True when this promise is refused with a rule's code. */
export async function refusedWith(code: string, work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return true;
    throw error;
  }
}
