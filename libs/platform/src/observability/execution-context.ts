import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { SYSTEM } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';

/** What everything done for one request, event or job has in common. */
export interface ExecutionContext {
  /** Follows a request through its events to its jobs; the request id where a request began it. */
  readonly correlationId: string;
  /** Set by the authentication guard once the caller is known. */
  actor: Actor;
  /** Work that waits until the reply is sent; undefined outside requests, where it is done at once. */
  afterReply?: (() => void)[] | undefined;
}

const storage = new AsyncLocalStorage<ExecutionContext>();

/** Runs `work` in a context of its own. */
export function runInContext<Result>(context: ExecutionContext, work: () => Result): Result {
  return storage.run(context, work);
}

/** Makes `context` the one of everything that follows in this asynchronous flow (for hooks that cannot wrap what they start). */
export function enterContext(context: ExecutionContext): void {
  storage.enterWith(context);
}

/** The context of the present flow; a fresh one of the system where there is none. */
export function currentContext(): ExecutionContext {
  return storage.getStore() ?? { correlationId: randomUUID(), actor: SYSTEM };
}

/** The context of the present flow; undefined where nothing has begun one. */
export function presentContext(): ExecutionContext | undefined {
  return storage.getStore();
}

/** Runs `work` once the reply to the present request is sent, or soon where there is no request. */
export function afterReply(work: () => void): void {
  const pending = storage.getStore()?.afterReply;
  if (pending) pending.push(work);
  else setImmediate(work);
}

/** Starts what waited for the reply of `context`; what is added from now on starts at once. */
export function flushAfterReply(context: ExecutionContext): void {
  const pending = context.afterReply ?? [];
  context.afterReply = undefined;
  runInContext(context, () => pending.forEach((work) => work()));
}
