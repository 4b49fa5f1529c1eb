const LONGEST_SLUG = 80;

/** What a slug looks like: lower-case Latin letters and digits in words joined by single hyphens. No id looks so. */
export const SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * The readable part of an address made from a name: `Café “Al-Quds”` → `cafe-al-quds`, at most 80 characters.
 * `fallback` where nothing of the name can be written so.
 */
export function slugFrom(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-|-$/g, '');
  return slug === '' ? fallback : slug;
}

/**
 * The slugs to try, one after the other, until one is free: the name's own, then with ever more of the id's random end, so that
 * a thousand things of one name need no more than two tries each.
 */
export function slugCandidates(name: string, fallback: string, id: string): string[] {
  const base = slugFrom(name, fallback);
  return [base, `${base}-${id.slice(-6)}`, `${base}-${id.slice(-16)}`];
}
