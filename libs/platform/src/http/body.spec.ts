import { isDomainError } from '@daraa/kernel';
import { inspectStructure } from './body.js';

function problemOf(value: unknown): string | undefined {
  try {
    inspectStructure(value);
    return undefined;
  } catch (error) {
    if (!isDomainError(error, 'VALIDATION_ERROR')) throw error;
    const [detail] = error.details;
    return `${detail?.field}: ${detail?.message}`;
  }
}

function nested(levels: number): unknown {
  return levels === 1 ? {} : { a: nested(levels - 1) };
}

describe('the structure of a body', () => {
  it('may be ten levels deep and have lists of two hundred', () => {
    expect(problemOf(nested(10))).toBeUndefined();
    expect(problemOf({ list: Array(200).fill(1) })).toBeUndefined();
  });

  it('must not be deeper', () => {
    expect(problemOf(nested(11))).toBe('a.a.a.a.a.a.a.a.a.a: must not be nested deeper than 10 levels');
    expect(problemOf([[[[[[[[[[[]]]]]]]]]]])).toBe('[0][0][0][0][0][0][0][0][0][0]: must not be nested deeper than 10 levels');
  });

  it('must not have longer lists', () => {
    expect(problemOf({ items: [{ list: Array(201).fill(1) }] })).toBe('items[0].list: must not have more than 200 items');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('must not have a field named %s', (name) => {
    expect(problemOf(JSON.parse(`{"a":{"${name}":{}}}`))).toBe(`a.${name}: must not be named so`);
  });

  it('must not hold text that cannot be stored, as value or as name', () => {
    expect(problemOf({ a: ['\u0000'] })).toBe('a[0]: must be text without NUL and without broken characters');
    expect(problemOf({ a: 'x\udfff' })).toBe('a: must be text without NUL and without broken characters');
    expect(problemOf({ a: { 'b\u0000': 1 } })).toBe('a: must not have names with NUL or broken characters');
    expect(problemOf({ a: '👍 فنجان' })).toBeUndefined();
  });
});
