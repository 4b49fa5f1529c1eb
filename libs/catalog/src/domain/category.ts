import { Aggregate } from '@daraa/kernel';
import type { LocalisedText } from '@daraa/kernel';

/** What the platform says of a category. */
export interface CategoryDetails {
  readonly name: LocalisedText;
  /** Among its siblings, smallest first. */
  readonly position: number;
  /** Shown in the tree; products are published in shown categories only. */
  readonly active: boolean;
}

export interface CategoryState extends CategoryDetails {
  readonly slug: string;
  readonly parentId: string | null;
  /** The ids from the root to the category itself. */
  readonly path: readonly string[];
}

interface NewCategory {
  readonly id: string;
  readonly slug: string;
  readonly details: CategoryDetails;
  readonly parent: Category | undefined;
}

/** One branch of the tree that products are sorted into. */
export class Category extends Aggregate<CategoryState> {
  static create({ id, slug, details, parent }: NewCategory): Category {
    const path = [...(parent?.path ?? []), id];
    return new Category({ id, version: 0, state: { ...details, slug, parentId: parent?.id ?? null, path } });
  }

  get path(): readonly string[] {
    return this.state.path;
  }

  get isActive(): boolean {
    return this.state.active;
  }

  /** Changes its name, its place among its siblings, whether it is shown, or its slug; what is not named stays. */
  edit(changes: Partial<CategoryDetails & { readonly slug: string }>): void {
    Object.assign(this.state, changes);
  }
}
