import type { AnyClientBulkWriteModel, Document, MongoClient } from 'mongodb';

/**
 * Writes of the same moment as one command, as our API sends them: without it the limit would make more round trips than we do
 * as soon as there are several visitors.
 */
export class GroupCommit {
  /** Writes that met no document: a replay that does not do what was recorded. */
  missed = 0;
  private waiting: AnyClientBulkWriteModel<Document>[] = [];
  private done: Promise<void> | undefined;

  constructor(
    private readonly client: MongoClient,
    private readonly options: { readonly w: 'majority' | 1; readonly afterMs?: number },
  ) {}

  write(models: readonly AnyClientBulkWriteModel<Document>[]): Promise<void> {
    this.waiting.push(...models);
    this.done ??= new Promise<void>((resolve) => {
      if (this.options.afterMs === undefined) setImmediate(resolve);
      else setTimeout(resolve, this.options.afterMs);
    }).then(() => this.flush());
    return this.done;
  }

  private async flush(): Promise<void> {
    const models = this.waiting;
    this.waiting = [];
    this.done = undefined;
    const { w } = this.options;
    const writeConcern = w === 1 ? { w } : { w, j: true };
    const result = await this.client.bulkWrite(models, { ordered: false, verboseResults: w !== 1, writeConcern });
    this.missed += models.length - result.insertedCount - result.matchedCount - result.deletedCount;
  }
}
