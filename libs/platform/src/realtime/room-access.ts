import { Injectable } from '@nestjs/common';
import type { Caller } from '../http/access/caller.js';

/** Who may hear what is said in the rooms of one kind. */
export interface RoomRule {
  /** What stands before the colon: `order` for the rooms `order:<id>`; the whole name for a room without id (`admin`). */
  readonly prefix: string;
  /** Asked at every subscription; `id` is empty for a room without id. */
  mayJoin(caller: Caller, id: string): Promise<boolean>;
}

const ROOM = /^([a-z][a-z-]{0,30})(?::([\w-]{1,100}))?$/;

/** The rooms of the platform. Contexts register theirs when the API starts; a room that nobody answers for has no members. */
@Injectable()
export class RoomAccess {
  private readonly rules = new Map<string, RoomRule>();

  /** Throws an Error when another context answers for these rooms already. */
  register(rule: RoomRule): void {
    if (this.rules.has(rule.prefix)) throw new Error(`Somebody answers for the rooms '${rule.prefix}' already.`);
    this.rules.set(rule.prefix, rule);
  }

  /** True when there is such a room and the caller may be in it. */
  async mayJoin(caller: Caller, room: string): Promise<boolean> {
    const [, prefix, id = ''] = ROOM.exec(room) ?? [];
    const rule = prefix === undefined ? undefined : this.rules.get(prefix);
    return rule ? rule.mayJoin(caller, id) : false;
  }
}
