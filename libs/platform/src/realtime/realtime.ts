/** How a message may get lost. */
export interface EmitOptions {
  /** Left out for clients that are too slow to take it: positions, of which the next one comes anyway. */
  readonly volatile?: boolean;
}

/**
 * Says something to connected clients, from any process. It is a courtesy, never a promise: a client that is away, or a Redis
 * that is away, misses it, and reads the state over HTTP when it connects.
 */
export abstract class Realtime {
  /** To everybody in `room` (`order:ord_01…`): api.md names the events. Returns at once and never throws for reasons of the network. */
  abstract emit(room: string, event: string, payload: object, options?: EmitOptions): void;

  /** Takes the account out of a room, everywhere: its right to be there has ended. */
  abstract removeFrom(room: string, accountId: string): void;
}

/** Every connection of an account is in this room, without asking. */
export function accountRoom(accountId: string): string {
  return `account:${accountId}`;
}
