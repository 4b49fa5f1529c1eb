import { BooleanField, IdField, IntegerField, LocalisedTextField, TextField } from '@daraa/platform';
import { SLUG_PATTERN } from '@daraa/kernel';
import type { LocalisedText } from '@daraa/kernel';

const NAME = { en: 'Kitchen', ar: 'المطبخ' };
const LAST_POSITION = 100_000;

export class CreateCategoryDto {
  @LocalisedTextField({ max: 120, example: NAME })
  name!: LocalisedText;

  @TextField({ optional: true, min: 1, max: 80, pattern: SLUG_PATTERN, example: 'kitchen', description: 'From the English name where it is left out.' })
  slug?: string;

  @IdField('cat', { optional: true, nullable: true, description: 'The category above it; none for a root.' })
  parentId?: string | null;

  @IntegerField({ optional: true, min: 0, max: LAST_POSITION, example: 10, description: 'Among its siblings, smallest first.' })
  position?: number;

  @BooleanField({ optional: true, description: 'Shown in the tree; products are published in shown categories only.' })
  active?: boolean;
}

export class ChangeCategoryDto {
  @LocalisedTextField({ optional: true, max: 120, example: NAME })
  name?: LocalisedText;

  @TextField({ optional: true, min: 1, max: 80, pattern: SLUG_PATTERN, example: 'kitchen' })
  slug?: string;

  @IntegerField({ optional: true, min: 0, max: LAST_POSITION, example: 10 })
  position?: number;

  @BooleanField({ optional: true })
  active?: boolean;
}
