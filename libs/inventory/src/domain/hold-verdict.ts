import type { HoldOwnerState } from '@daraa/kernel';

export type HoldVerdict = 'release' | 'commit' | 'leave';

/**
 * What becomes of an old hold. An owner exists before its first hold, so one that is absent will never come; an owner that
 * nobody could be asked about keeps its hold.
 */
export function verdictOn(state: HoldOwnerState | undefined): HoldVerdict {
  switch (state) {
    case 'released':
    case 'absent':
      return 'release';
    case 'committed':
      return 'commit';
    case 'open':
    case undefined:
      return 'leave';
  }
}
