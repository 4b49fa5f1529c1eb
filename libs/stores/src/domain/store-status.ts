import { DomainError } from '@daraa/kernel';

export const STORE_STATUSES = ['draft', 'submitted', 'approved', 'rejected', 'suspended', 'closed'] as const;
export type StoreStatus = (typeof STORE_STATUSES)[number];

/** What can be done to a store: from which states, and to which one it leads. */
const STEPS = {
  submit: { from: ['draft', 'rejected'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  reject: { from: ['submitted'], to: 'rejected' },
  suspend: { from: ['approved'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'approved' },
  close: { from: ['approved', 'suspended'], to: 'closed' },
} as const satisfies Record<string, { from: readonly StoreStatus[]; to: StoreStatus }>;

export type StoreStep = keyof typeof STEPS;

/**
 * The state that a step leads to; undefined when the store is there already (repeating a step changes nothing).
 * Throws `INVALID_TRANSITION` where the step is not possible.
 */
export function stateAfter(step: StoreStep, present: StoreStatus): StoreStatus | undefined {
  const { from, to } = STEPS[step];
  if (present === to) return undefined;
  if (from.some((state) => state === present)) return to;
  throw new DomainError('INVALID_TRANSITION', { message: `The store is ${present}: it is not possible to ${step} it.` });
}

/** Only approved stores sell. */
export function isSelling(status: StoreStatus): boolean {
  return status === 'approved';
}
