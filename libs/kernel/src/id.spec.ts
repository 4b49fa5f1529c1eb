import { derivedId, isId, randomIds, timeOf } from './id.js';

describe('an id', () => {
  it('tells the moment it was made', () => {
    const before = Date.now();
    const made = timeOf(randomIds.next('ord'));
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(Date.now());
  });

  it('that is derived is the same every time, well-formed, and of its parent’s moment', () => {
    const parents = Array.from({ length: 200 }, () => randomIds.next('pur'));
    for (const parent of parents) {
      const id = derivedId('ord', parent, 'sto_1');
      expect(derivedId('ord', parent, 'sto_1')).toBe(id);
      expect(isId('ord', id)).toBe(true);
      expect(timeOf(id)).toBe(timeOf(parent));
    }
    expect(new Set(parents.map((parent) => derivedId('ord', parent, 'sto_1'))).size).toBe(200);
  });
});
