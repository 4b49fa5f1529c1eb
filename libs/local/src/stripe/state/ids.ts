import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` random letters and digits. */
export function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** An id in Stripe's form: the prefix of its kind and 24 random characters (`pi_3Qz…`). */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(24)}`;
}
