/** What a route says of its repetitions. */
export interface IdempotentOptions {
  /** Without a key the request is refused. */
  readonly required: boolean;
  /** The prefix of the id that comes with the claim (`pur`). */
  readonly mints: string;
}

export const IDEMPOTENT = 'daraa:idempotent';

/** What the handler states about its repetitions; undefined where it is not idempotent by key. */
export function idempotentOptionsOf(handler: object): IdempotentOptions | undefined {
  return Reflect.getMetadata(IDEMPOTENT, handler) as IdempotentOptions | undefined;
}
