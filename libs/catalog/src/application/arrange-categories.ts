import { Inject, Injectable } from '@nestjs/common';
import { DomainError, slugCandidates } from '@daraa/kernel';
import type { IdSource, LocalisedText } from '@daraa/kernel';
import { asDuplicateKey, AggregateStore, IDS, InjectStore, insertWithSlug } from '@daraa/platform';
import { Category } from '../domain/category.js';
import type { CategoryDetails } from '../domain/category.js';

export interface CategoryDraft {
  readonly name: LocalisedText;
  /** Made from the English name where it is not named. */
  readonly slug?: string;
  readonly parentId?: string;
  readonly position?: number;
  readonly active?: boolean;
}

export type CategoryChanges = Partial<CategoryDetails & { readonly slug: string }>;

/** The platform arranges the tree that products are sorted into. */
@Injectable()
export class ArrangeCategories {
  constructor(
    @InjectStore(Category) private readonly categories: AggregateStore<Category>,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /**
   * With a `categoryId` that exists, nothing happens and that category is returned. Throws `CATEGORY_NOT_FOUND` for a parent
   * that does not exist and `SLUG_TAKEN` for a slug that was named.
   */
  async create(draft: CategoryDraft, categoryId: string = this.ids.next('cat')): Promise<Category> {
    const parent = draft.parentId === undefined ? undefined : await this.categories.get(draft.parentId);
    const details = { name: draft.name, position: draft.position ?? 0, active: draft.active ?? true };
    const slugs = draft.slug === undefined ? slugCandidates(draft.name.en, 'category', categoryId) : [draft.slug];
    return insertWithSlug(this.categories, slugs, (slug) => Category.create({ id: categoryId, slug, details, parent }));
  }

  /** Throws `CATEGORY_NOT_FOUND`, `SLUG_TAKEN`, and `VERSION_MISMATCH` when it is not at `expectedVersion`. */
  async edit(categoryId: string, changes: CategoryChanges, expectedVersion?: number): Promise<Category> {
    const update = this.categories.update(categoryId, (category) => category.edit(changes), { expectedVersion });
    const { aggregate } = await update.catch((error: unknown) => {
      throw asDuplicateKey(error) ? new DomainError('SLUG_TAKEN', { cause: error }) : error;
    });
    return aggregate;
  }
}
