/** What a kind of job is called and how it is tried. All times in milliseconds. */
export interface JobDefinition<Payload extends object> {
  /** `<context>.<verb-noun>`, for example `accounts.send-verification`; never changes, parked jobs carry it. */
  readonly name: string;
  /** After this many failed attempts the job is parked. */
  readonly attempts: number;
  /** The wait after the first failure; it doubles with each further one, up to an hour. */
  readonly backoffMs: number;
  /** How many of this kind one worker process runs at the same time. */
  readonly concurrency: number;
  /** An attempt that takes longer has failed; its signal is aborted. */
  readonly timeoutMs: number;
  /** Only here for the compiler: a job of this kind carries a Payload. */
  readonly payload?: Payload;
}

/** What can be said about a kind of job; everything has a default. */
export interface JobOptions {
  readonly attempts?: number;
  readonly backoffMs?: number;
  readonly concurrency?: number;
  readonly timeoutMs?: number;
}

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/**
 * Declares a kind of job: `export const SendVerification = defineJob<{ accountId: string }>('accounts.send-verification')`.
 * The payload is plain JSON: ids and amounts, never personal data. Defaults: 5 attempts, 1 s back-off, 5 at a time, 60 s each.
 */
export function defineJob<Payload extends object>(name: string, options: JobOptions = {}): JobDefinition<Payload> {
  if (!NAME.test(name)) throw new Error(`A job is named <context>.<verb-noun> in lower case; '${name}' is not.`);
  return { name, attempts: 5, backoffMs: 1000, concurrency: 5, timeoutMs: 60_000, ...options };
}

/** The id of a job everywhere: in Redis, in `parked_jobs`, in logs. */
export function jobIdOf(definition: { readonly name: string }, id: string): string {
  return `${definition.name}:${id}`;
}
