/** A unique index refused a write (MongoDB's error 11000). */
export class DuplicateKeyError extends Error {
  /** The name of the index that refused, for example `_id_` or `slug_1`. */
  readonly index: string;

  constructor(message: string) {
    super(message);
    this.name = 'DuplicateKeyError';
    this.index = /index: (\S+)/.exec(message)?.[1] ?? '';
  }

  /** True when it was the document's own id: the same thing was inserted before. */
  get isSameId(): boolean {
    return this.index === '_id_';
  }
}

/** Reads MongoDB's error 11000 out of whatever the driver threw; undefined for anything else. */
export function asDuplicateKey(error: unknown): DuplicateKeyError | undefined {
  if (error instanceof DuplicateKeyError) return error;
  if (error instanceof Error && 'code' in error && error.code === 11_000) return new DuplicateKeyError(error.message);
  return undefined;
}
