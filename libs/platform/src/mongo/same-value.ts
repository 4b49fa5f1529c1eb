import { isDeepStrictEqual, types } from 'node:util';

/**
 * True when MongoDB would store both values alike. Unlike isDeepStrictEqual it does not ask which class a plain object was made
 * by: a body's DTO, a copy and what was read back are the same when their fields are.
 */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return Object.is(one, other);
  if (types.isDate(one) && types.isDate(other)) return one.getTime() === other.getTime();
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => isSameValue(item, other[index]));
  if (!isRecord(one) || !isRecord(other)) return isDeepStrictEqual(one, other);
  const [mine, theirs] = [Object.keys(one), Object.keys(other)];
  // The order of the keys is part of a document.
  return mine.length === theirs.length && mine.every((key, index) => key === theirs[index] && isSameValue(one[key], other[key]));
}

function isRecord(value: object): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]' && !('_bsontype' in value);
}
