import 'reflect-metadata';
import type { JobDefinition } from './job-definition.js';

/** The attempt that a processor is working on. */
export interface JobRun {
  /** `<name>:<id>`. */
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted when the attempt has taken `timeoutMs`; its outcome is ignored from then on. */
  readonly signal: AbortSignal;
}

/** The work of one kind of job. It may run more than once for one job and must make a repeat harmless. */
export type JobHandler<Payload extends object> = (payload: Payload, run: JobRun) => Promise<void>;

const PROCESSES = Symbol('processes');

/**
 * Makes a method of an injectable the processor of one kind of job: `@JobProcessor(SendVerification)`. It runs only in
 * processes that import JobWorkersModule, in the context (correlation id, actor) of whoever enqueued the job.
 */
export function JobProcessor<Payload extends object>(definition: JobDefinition<Payload>) {
  return <Method extends JobHandler<Payload>>(
    _target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    if (!descriptor.value) throw new Error(`@JobProcessor needs a method: ${String(key)}`);
    Reflect.defineMetadata(PROCESSES, definition, descriptor.value);
  };
}

/** The kind of job that a method processes, if any. */
export function processedBy(method: object): JobDefinition<object> | undefined {
  return Reflect.getMetadata(PROCESSES, method) as JobDefinition<object> | undefined;
}
