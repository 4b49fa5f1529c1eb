import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { MongoClientBulkWriteError } from 'mongodb';
import type { AnyClientBulkWriteModel, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { DuplicateKeyError } from './duplicate-key-error.js';

/** One document's write, as the driver's client-level bulk write takes it, with the collection's plain name. */
export type SingleWrite =
  | { readonly name: 'insertOne'; readonly collection: string; readonly document: Document }
  | {
      readonly name: 'updateOne';
      readonly collection: string;
      readonly filter: Document;
      readonly update: Document | Document[];
      readonly upsert?: boolean;
    }
  | { readonly name: 'deleteOne'; readonly collection: string; readonly filter: Document };

/** What became of one write. */
export interface WriteOutcome {
  /** False when the filter of an update or delete met no document. */
  readonly matched: boolean;
  /** True when an upsert inserted the document. */
  readonly inserted: boolean;
}

interface Waiting {
  readonly write: SingleWrite;
  readonly resolve: (outcome: WriteOutcome) => void;
  readonly reject: (error: unknown) => void;
}

const LARGEST_BATCH = 500;

/**
 * Group commit: writes asked for in the same moment, by any request or handler, go to the server as one command and wait for
 * one journal flush. Each write stays a write of one document with an outcome of its own; nothing is atomic across documents.
 * Needs MongoDB 8 or later (`bulkWrite` across collections), see docs/adr/0002.
 */
@Injectable()
export class CoalescedWrites {
  private waiting: Waiting[] = [];
  private scheduled = false;

  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Runs one write. Rejects with a DuplicateKeyError where a unique index refuses it. */
  run(write: SingleWrite): Promise<WriteOutcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ write, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Runs several writes of one moment; the outcomes stand in the order of the writes. */
  async runAll(writes: readonly SingleWrite[]): Promise<WriteOutcome[]> {
    return Promise.all(writes.map((write) => this.run(write)));
  }

  private flush(): void {
    this.scheduled = false;
    const batch = this.waiting;
    this.waiting = [];
    for (let start = 0; start < batch.length; start += LARGEST_BATCH) {
      const slice = batch.slice(start, start + LARGEST_BATCH);
      this.send(slice).catch((error: unknown) => slice.forEach((entry) => entry.reject(error)));
    }
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    const database = this.connection.db?.databaseName;
    if (!database) throw new Error('MongoDB is not connected yet.');
    const models = batch.map(({ write }): AnyClientBulkWriteModel<Document> => {
      const { collection, ...rest } = write;
      return { ...rest, namespace: `${database}.${collection}` };
    });
    try {
      const result = await this.connection.getClient().bulkWrite(models, { ordered: false, verboseResults: true });
      batch.forEach((entry, index) => entry.resolve(outcomeOf(result, index)));
    } catch (error) {
      if (!(error instanceof MongoClientBulkWriteError) || error.writeErrors.size === 0) throw error;
      batch.forEach((entry, index) => {
        const failure = error.writeErrors.get(index);
        if (failure) entry.reject(failure.code === 11_000 ? new DuplicateKeyError(failure.message) : failure);
        else if (error.partialResult) entry.resolve(outcomeOf(error.partialResult, index));
        else entry.reject(error);
      });
    }
  }
}

interface Results {
  readonly updateResults?: ReadonlyMap<number, { matchedCount: number; upsertedId?: unknown; didUpsert?: boolean }>;
  readonly deleteResults?: ReadonlyMap<number, { deletedCount: number }>;
  readonly insertResults?: ReadonlyMap<number, unknown>;
}

function outcomeOf(results: Results, index: number): WriteOutcome {
  const update = results.updateResults?.get(index);
  if (update) {
    const inserted = update.didUpsert ?? update.upsertedId !== undefined;
    return { matched: update.matchedCount > 0 && !inserted, inserted };
  }
  const removal = results.deleteResults?.get(index);
  if (removal) return { matched: removal.deletedCount > 0, inserted: false };
  return { matched: false, inserted: results.insertResults?.has(index) ?? false };
}
