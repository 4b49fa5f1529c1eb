import { Injectable } from '@nestjs/common';
import type { HoldOwners, HoldOwnerState } from '@daraa/kernel';

/** Knows whom to ask what has become of the owner of a hold: by the prefix of the owner's id. */
@Injectable()
export class HoldOwnerRegistry {
  private readonly owners = new Map<string, HoldOwners>();

  answerFor(prefix: string, owners: HoldOwners): void {
    this.owners.set(prefix, owners);
  }

  /** The states of those that somebody answers for; the others are left out. */
  async statesOf(ownerIds: readonly string[]): Promise<ReadonlyMap<string, HoldOwnerState>> {
    const asked = [...this.owners].map(async ([prefix, owners]) => {
      const ids = ownerIds.filter((id) => id.startsWith(`${prefix}_`));
      return ids.length === 0 ? [] : [...(await owners.statesOf(ids))];
    });
    return new Map((await Promise.all(asked)).flat());
  }
}
