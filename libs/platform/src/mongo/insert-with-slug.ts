import { DomainError } from '@daraa/kernel';
import type { Aggregate } from '@daraa/kernel';
import type { AggregateStore } from './aggregate-store.js';
import { asDuplicateKey } from './duplicate-key-error.js';

/** The unique index of slugs must have this name (Mongoose's own for `schema.index({ slug: 1 }, { unique: true })`). */
const SLUG_INDEX = 'slug_1';

/**
 * Stores the new aggregate under the first of `slugs` that is free; when its id is stored already, returns that one.
 * Throws `SLUG_TAKEN` when none is free.
 */
export async function insertWithSlug<Stored extends Aggregate<object>>(
  store: AggregateStore<Stored>,
  slugs: readonly string[],
  make: (slug: string) => Stored,
): Promise<Stored> {
  for (const slug of slugs) {
    try {
      return (await store.insertOrGet(make(slug))).aggregate;
    } catch (error) {
      if (asDuplicateKey(error)?.index !== SLUG_INDEX) throw error;
    }
  }
  throw new DomainError('SLUG_TAKEN');
}
