import { derivedId } from '@daraa/kernel';

// Every one of these follows from the account, so that it is found without a search and a repeated step meets what it made before.

export function securityProfileIdOf(accountId: string): string {
  return derivedId('sec', accountId);
}

export function addressBookIdOf(accountId: string): string {
  return derivedId('adb', accountId);
}

/** The challenge that carries the account's one-time codes. */
export function challengeIdOf(accountId: string): string {
  return derivedId('otp', accountId);
}

/** The challenge that carries notices to the account's owner. */
export function noticeIdOf(accountId: string): string {
  return derivedId('otp', accountId, 'notice');
}
