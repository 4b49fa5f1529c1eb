import { SLUG_PATTERN, slugCandidates, slugFrom } from './slug.js';

describe('a slug', () => {
  it.each([
    ['Coffee Cup', 'coffee-cup'],
    ['  Café “Al-Quds” & Sons ', 'cafe-al-quds-sons'],
    ['100% Wool', '100-wool'],
    ['--- ', 'product'],
    ['فنجان', 'product'],
  ])('of %j is %j', (name, slug) => {
    expect(slugFrom(name, 'product')).toBe(slug);
  });

  it('is never longer than 80 characters and never ends with a hyphen', () => {
    const slug = slugFrom(`${'a'.repeat(79)} b`, 'product');
    expect(slug).toBe('a'.repeat(79));
    expect(slug).toMatch(SLUG_PATTERN);
  });

  it('that is taken gets more and more of the id behind it', () => {
    const candidates = slugCandidates('Coffee Cup', 'product', 'prod_01jc4yqz8ke5f9h0mns2bvx6tw');
    expect(candidates).toEqual(['coffee-cup', 'coffee-cup-bvx6tw', `coffee-cup-${'prod_01jc4yqz8ke5f9h0mns2bvx6tw'.slice(-16)}`]);
  });
});
