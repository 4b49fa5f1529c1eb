import 'reflect-metadata';

/** When and under which name something is swept. */
export interface SweepOptions {
  /** `<context>.<verb-noun>`, unique in the platform: it names the lease. */
  readonly name: string;
  /** Milliseconds from one start to the next, in the whole platform. */
  readonly everyMs: number;
}

/** The signal is aborted when the process stops or has lost the lease: finish the document at hand and return. */
export type SweepHandler = (signal: AbortSignal) => Promise<void>;

const SWEEPS = Symbol('sweeps');

/**
 * Makes a method of an injectable a sweep: `@Sweep({ name: 'orders.expire-unpaid', everyMs: 60_000 })`. In processes that import
 * JobWorkersModule it runs every `everyMs`, in one of them at a time; what it throws is logged and the next run comes.
 * Sweeps enqueue what MongoDB says is due, and end what has expired. Work in batches, so that a lost lease does no harm.
 */
export function Sweep(options: SweepOptions) {
  return <Method extends SweepHandler>(_target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Method>): void => {
    if (!descriptor.value) throw new Error(`@Sweep needs a method: ${String(key)}`);
    Reflect.defineMetadata(SWEEPS, options, descriptor.value);
  };
}

/** What a method sweeps, if anything. */
export function sweptBy(method: object): SweepOptions | undefined {
  return Reflect.getMetadata(SWEEPS, method) as SweepOptions | undefined;
}
