/** What has become of the purchase (or delivery) that holds something scarce. */
export type HoldOwnerState = 'open' | 'committed' | 'released' | 'absent';

/**
 * Tells whether holds are still wanted. Holds have no clock of their own: the context that owns purchases answers for them,
 * and whoever keeps holds asks before it sweeps an old one away.
 */
export interface HoldOwners {
  statesOf(ownerIds: readonly string[]): Promise<ReadonlyMap<string, HoldOwnerState>>;
}
