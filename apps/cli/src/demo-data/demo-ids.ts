import { derivedId } from '@daraa/kernel';
import type { Id } from '@daraa/kernel';

/** Crockford's base 32, in which ids write their time. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 10;

/**
 * The id of something in the demo data: it follows from its name, so that it is the same on every machine and a second run meets
 * what the first one made; it says that it was made `at` that moment.
 */
export function demoId<Prefix extends string>(prefix: Prefix, name: string, at: Date): Id<Prefix> {
  return derivedId(prefix, `demo_${timeCharacters(at.getTime())}`, name);
}

function timeCharacters(milliseconds: number): string {
  let rest = milliseconds;
  let characters = '';
  for (let index = 0; index < TIME_CHARACTERS; index += 1) {
    characters = ALPHABET.charAt(rest % 32) + characters;
    rest = Math.floor(rest / 32);
  }
  return characters;
}

/** A whole number from 0 to below `limit` that follows from the text alone and looks as if it were drawn (FNV-1a). */
export function drawnFrom(text: string, limit: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % limit;
}
