import { ApiProperty } from '@nestjs/swagger';
import { BooleanField, IdField, IntegerField, LocalisedTextField, TextField } from '@daraa/platform';
import type { LocalisedText } from '@daraa/kernel';
import type { AdminCategoryView, CategoryBranchView, CategoryView } from '../catalog.views.js';

class CategorySummaryResponse implements CategoryView {
  @IdField('cat')
  id!: string;

  @TextField({ max: 120, example: 'kitchen' })
  slug!: string;

  @LocalisedTextField({ max: 120, example: { en: 'Kitchen', ar: 'المطبخ' } })
  name!: LocalisedText;

  @IdField('cat', { nullable: true })
  parentId!: string | null;

  @IntegerField({ min: 0 })
  position!: number;
}

/** A category with those below it. */
export class CategoryResponse extends CategorySummaryResponse implements CategoryBranchView {
  @ApiProperty({ type: () => CategoryResponse, isArray: true, example: [] })
  children!: CategoryResponse[];
}

/** A category as the platform's admins see it. */
export class AdminCategoryResponse extends CategorySummaryResponse implements AdminCategoryView {
  @IdField('cat', { each: true, description: 'From the root to the category itself.' })
  path!: string[];

  @BooleanField()
  active!: boolean;

  @IntegerField({ min: 1 })
  version!: number;
}
