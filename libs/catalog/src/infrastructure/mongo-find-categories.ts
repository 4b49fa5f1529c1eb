import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { isId } from '@daraa/kernel';
import type { Page, PageRequest } from '@daraa/kernel';
import { readPage } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { FindCategories } from '../application/find-categories.js';
import { adminCategoryViewOf, categoryViewOf } from '../catalog.views.js';
import type { AdminCategoryView, CategoryBranchView, StoredCategory } from '../catalog.views.js';

/** FindCategories over the collection `categories`. */
@Injectable()
export class MongoFindCategories extends FindCategories {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  async tree(): Promise<CategoryBranchView[]> {
    const shown = await this.categories()
      .find({ active: true }, { projection: { slug: 1, name: 1, parentId: 1, position: 1 } })
      .sort({ position: 1, _id: 1 })
      .toArray();
    const below = new Map<string | null, StoredCategory[]>();
    for (const category of shown) {
      const siblings = below.get(category.parentId);
      if (siblings) siblings.push(category);
      else below.set(category.parentId, [category]);
    }
    const branches = (parentId: string | null): CategoryBranchView[] =>
      (below.get(parentId) ?? []).map((category) => ({ ...categoryViewOf(category), children: branches(category._id) }));
    return branches(null);
  }

  list(page: PageRequest): Promise<Page<AdminCategoryView>> {
    return readPage(this.categories(), { filter: {}, sort: { _id: 1 }, projection: { outbox: 0 } }, page, adminCategoryViewOf);
  }

  async idOf(idOrSlug: string): Promise<string | undefined> {
    if (isId('cat', idOrSlug)) return idOrSlug;
    const category = await this.categories().findOne({ slug: idOrSlug }, { projection: { _id: 1 } });
    return category?._id;
  }

  private categories() {
    return this.connection.collection<StoredCategory>('categories');
  }
}
