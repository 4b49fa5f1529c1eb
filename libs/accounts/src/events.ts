import { defineEvent } from '@daraa/kernel';

export type Role = 'customer' | 'store_owner' | 'courier' | 'admin';

/** How a person is reached. */
export type Channel = 'email' | 'sms';

/** Somebody registered; the contact is not verified yet. */
export const AccountRegistered = defineEvent<{ readonly accountId: string; readonly roles: readonly Role[] }>('accounts.AccountRegistered');

/** Somebody has answered with the code that was sent to this account's email or phone. */
export const ContactConfirmed = defineEvent<{ readonly accountId: string; readonly channel: Channel }>('accounts.ContactConfirmed');

/** The account's contact is verified: it may check out, sell or deliver. */
export const AccountVerified = defineEvent<{ readonly accountId: string }>('accounts.AccountVerified');

/** A one-time code or a notice has to be sent; the message itself is made when it is sent, never stored. */
export const VerificationRequested = defineEvent<{
  readonly challengeId: string;
  readonly accountId: string;
  /** Tells this message from the ones that were sent for the same challenge before. */
  readonly issuedAt: Date;
}>('accounts.VerificationRequested');

/** Too many failed logins: the account is locked until `until`. */
export const AccountLocked = defineEvent<{ readonly accountId: string; readonly until: Date }>('accounts.AccountLocked');

/** A refresh token was used that had been replaced long ago: the whole family is revoked. */
export const SessionReuseDetected = defineEvent<{ readonly accountId: string; readonly sessionId: string }>(
  'accounts.SessionReuseDetected',
);
