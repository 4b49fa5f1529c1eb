import { createHash } from 'node:crypto';
import { typeid } from 'typeid-js';

/** A string id that says what it names: `ord_01jc…` (TypeID: prefix and UUIDv7 in base 32, sortable by time). */
export type Id<Prefix extends string> = `${Prefix}_${string}`;

const TIME_CHARACTERS = 10;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Where new ids come from; handed in, so that the domain itself makes no randomness. */
export interface IdSource {
  next<Prefix extends string>(prefix: Prefix): Id<Prefix>;
}

/** The source of ids in production: time-ordered UUIDv7. */
export const randomIds: IdSource = {
  next: <Prefix extends string>(prefix: Prefix) => typeid(prefix).toString() as Id<Prefix>,
};

/**
 * An id that follows from `parent` and `parts`, the same every time: running a command again meets the documents of the
 * first run instead of making new ones. It keeps the parent's time, so that it sorts where the parent does.
 */
export function derivedId<Prefix extends string>(prefix: Prefix, parent: string, ...parts: readonly string[]): Id<Prefix> {
  const digest = createHash('sha256').update([parent, prefix, ...parts].join('\u0000')).digest();
  const suffix = parent.slice(parent.lastIndexOf('_') + 1);
  let characters = suffix.slice(0, TIME_CHARACTERS);
  for (let index = characters.length; index < 26; index += 1) characters += ALPHABET.charAt(digest.readUInt8(index) % 32);
  return `${prefix}_${characters}`;
}

/** True when `value` is a well-formed id with this prefix, so that nothing else reaches a query. */
export function isId<Prefix extends string>(prefix: Prefix, value: unknown): value is Id<Prefix> {
  if (typeof value !== 'string' || !value.startsWith(`${prefix}_`)) return false;
  return /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(value.slice(prefix.length + 1));
}

/** The moment (milliseconds since 1970) that a time-ordered id was made; of a derived id, the moment of its parent. */
export function timeOf(id: string): number {
  const suffix = id.slice(id.lastIndexOf('_') + 1);
  let time = 0;
  for (const character of suffix.slice(0, TIME_CHARACTERS)) time = time * ALPHABET.length + ALPHABET.indexOf(character);
  return time;
}
