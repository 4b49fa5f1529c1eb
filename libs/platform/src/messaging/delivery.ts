import type { DomainEvent } from '@daraa/kernel';

/** One event on its way to its handlers. */
export interface Delivery {
  readonly event: DomainEvent;
  /** Runs one handler's work: retried with back-off, parked at last. Rejects only when the event could not even be parked. */
  run(handler: string, work: () => Promise<void>): Promise<void>;
}
