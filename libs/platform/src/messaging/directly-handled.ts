import { currentContext } from '../observability/execution-context.js';
import type { ExecutionContext } from '../observability/execution-context.js';

const marks = new WeakMap<ExecutionContext, Set<string>>();

/** Which handlers' work the present request has done by itself: `handler:aggregateId`. */
export function directlyHandled(): ReadonlySet<string> {
  const context = currentContext();
  const known = marks.get(context) ?? new Set<string>();
  marks.set(context, known);
  return known;
}

/**
 * Says that the command itself has done, to the end, what this handler does for events of this aggregate, so that the first
 * dispatch need not repeat it. Call it after the work is stored; after a crash the relay repeats all the same.
 */
export function markHandledDirectly(handler: string, aggregateId: string): void {
  (directlyHandled() as Set<string>).add(handlingOf(handler, aggregateId));
}

export function handlingOf(handler: string, aggregateId: string): string {
  return `${handler}:${aggregateId}`;
}
