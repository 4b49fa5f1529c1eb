import type { Caller } from '../http/access/caller.js';

/** What the server knows of one connection. */
export interface Connection {
  caller: Caller;
  /** The token expires then, and the connection with it. */
  expiresAt: Date;
  /** How many messages it has sent since `countedFrom` (milliseconds since 1970). */
  messages: number;
  countedFrom: number;
}
