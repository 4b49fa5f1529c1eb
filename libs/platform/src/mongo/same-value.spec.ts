import { isSameValue } from './same-value.js';

class Address {
  constructor(readonly city: string) {}
}

describe('two values are the same', () => {
  it.each([
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [new Address('Amman'), { city: 'Amman' }],
    [{ at: new Date(5) }, structuredClone({ at: new Date(5) })],
    [[], []],
    ['x', 'x'],
  ])('when they are stored alike: %j and %j', (one, other) => {
    expect(isSameValue(one, other)).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ at: new Date(5) }, { at: new Date(6) }],
    [[1, 2], [1]],
    [[], {}],
    [null, {}],
    ['1', 1],
  ])('but not otherwise: %j and %j', (one, other) => {
    expect(isSameValue(one, other)).toBe(false);
  });
});
