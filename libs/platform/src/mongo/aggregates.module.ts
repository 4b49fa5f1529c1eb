import { Inject, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Aggregate, ErrorCode, Snapshot } from '@daraa/kernel';
import { getModelToken, MongooseModule } from '@nestjs/mongoose';
import type { Document } from 'mongodb';
import type { Model, Schema } from 'mongoose';
import { Outbox } from '../messaging/outbox.js';
import { CoalescedWrites } from './coalesced-writes.js';
import { MongoAggregateStore } from './mongo-aggregate-store.js';

/** One kind of aggregate, where it is kept, and the error of an id that does not exist. */
export interface AggregateBinding {
  readonly aggregate: new (snapshot: Snapshot<never>) => Aggregate<object>;
  readonly schema: Schema;
  readonly notFound: ErrorCode;
}

/** The injection token of the store of one kind of aggregate. */
export function storeToken(aggregate: { readonly name: string }): string {
  return `${aggregate.name}Store`;
}

/** Injects the AggregateStore of this kind: `@InjectStore(Order) private readonly orders: AggregateStore<Order>`. */
export function InjectStore(aggregate: { readonly name: string }): ParameterDecorator & PropertyDecorator {
  return Inject(storeToken(aggregate));
}

/** The injection token of the Mongoose model of one kind of aggregate, for queries that read plain documents (`lean`). */
export function modelToken(aggregate: { readonly name: string }): string {
  return getModelToken(aggregate.name);
}

/** Injects the Mongoose model of an aggregate's collection, for queries and for hot documents' atomic updates. */
export function InjectAggregateModel(aggregate: { readonly name: string }): ParameterDecorator & PropertyDecorator {
  return Inject(modelToken(aggregate));
}

/** Binds kinds of aggregates to their collections, and makes their events known to the relay. */
@Module({})
export class AggregatesModule {
  static bind(...bindings: AggregateBinding[]): DynamicModule {
    const models = MongooseModule.forFeature(
      bindings.map(({ aggregate, schema }) => ({ name: aggregate.name, schema, collection: schema.get('collection') as string })),
    );
    return {
      module: class BoundAggregates {},
      imports: [models],
      providers: bindings.map(({ aggregate, notFound }) => ({
        provide: storeToken(aggregate),
        inject: [modelToken(aggregate), CoalescedWrites, Outbox],
        useFactory: (model: Model<Document>, writes: CoalescedWrites, outbox: Outbox) =>
          new MongoAggregateStore(model, { rehydrate: (snapshot) => new aggregate(snapshot), notFound }, writes, outbox),
      })),
      exports: [models, ...bindings.map(({ aggregate }) => storeToken(aggregate))],
    };
  }
}
