import { Schema } from 'mongoose';
import type { SchemaDefinition } from 'mongoose';
import type { Actor, DomainEvent } from '@daraa/kernel';

/** An aggregate's document: its state's fields side by side with what the store keeps. */
export type StoredDocument<State extends object> = State & {
  readonly _id: string;
  readonly version: number;
  readonly outbox: readonly DomainEvent[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly updatedBy: Actor;
};

/**
 * The Mongoose schema of an aggregate's collection: the context names the fields that queries use (others are kept as they
 * are) and declares its indexes on the result, each with the query it serves.
 */
export function aggregateSchema(collection: string, fields: SchemaDefinition = {}): Schema {
  const schema = new Schema(
    {
      ...fields,
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      outbox: { type: [Schema.Types.Mixed], default: undefined },
      createdAt: Date,
      updatedAt: Date,
      updatedBy: Schema.Types.Mixed,
    },
    { collection, versionKey: false, minimize: false, strict: false, strictQuery: false, id: false, autoCreate: true },
  );
  // The relay's search for events that nobody dispatched: holds only documents with a non-empty outbox.
  schema.index({ 'outbox.occurredAt': 1 }, { name: 'outbox', partialFilterExpression: { 'outbox.0': { $exists: true } } });
  return schema;
}
