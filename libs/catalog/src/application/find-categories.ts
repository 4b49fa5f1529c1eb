import type { Page, PageRequest } from '@daraa/kernel';
import type { AdminCategoryView, CategoryBranchView } from '../catalog.views.js';

/** Reads the tree of categories. */
export abstract class FindCategories {
  /** The shown categories as a tree; what stands below a hidden one is hidden with it. */
  abstract tree(): Promise<CategoryBranchView[]>;

  /** All categories, oldest first. */
  abstract list(page: PageRequest): Promise<Page<AdminCategoryView>>;

  /** The id behind a category's id or slug; undefined when no category has this slug. */
  abstract idOf(idOrSlug: string): Promise<string | undefined>;
}
