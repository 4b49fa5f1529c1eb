import type { Account } from '../domain/account.js';
import type { ContactView } from './views.js';

/** Finds accounts by what people know of them. */
export abstract class AccountDirectory {
  /** The account of an email, in any spelling of it. One round trip, whether there is one or not. */
  abstract byEmail(email: string): Promise<Account | undefined>;

  abstract contactOf(accountId: string): Promise<ContactView | undefined>;
}

/** A login on a device, as its owner sees it. */
export interface SessionView {
  readonly id: string;
  readonly device: string;
  readonly ip: string;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

/** Reads sessions without loading them one by one. */
export abstract class SessionRecords {
  /** The open sessions of an account, the most recently used first; at most a hundred. */
  abstract openOf(accountId: string): Promise<SessionView[]>;

  /** The ids of all open sessions of an account. */
  abstract openIdsOf(accountId: string): Promise<string[]>;

  abstract revokedSince(moment: Date): Promise<readonly { readonly id: string; readonly revokedAt: Date }[]>;

  /** Ids of sessions that nothing depends on any more. */
  abstract deletable(expiredBefore: Date, revokedBefore: Date, limit: number): Promise<readonly string[]>;
}

/** Reads challenges without loading them one by one. */
export abstract class ChallengeRecords {
  /** The messages that were asked for before `moment`, are still good for something and have not been sent; the oldest first. */
  abstract waiting(moment: Date, limit: number): Promise<readonly { readonly id: string; readonly issuedAt: Date }[]>;

  abstract deletable(expiredBefore: Date, limit: number): Promise<readonly string[]>;
}

/** Reads security profiles without loading them one by one. */
export abstract class SecurityRecords {
  /** Ids of those that count failures on emails that belong to nobody, and that are forgotten. */
  abstract deletable(expiredBefore: Date, limit: number): Promise<readonly string[]>;
}
