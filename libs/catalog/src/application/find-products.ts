import type { LocalisedText, Page } from '@daraa/kernel';
import type { ProductCardView, ProductView, VariantView } from '../catalog.views.js';
import type { ProductQuestion } from './product-question.js';

/** A name that begins like what is being typed. */
export interface Suggestion {
  readonly id: string;
  readonly slug: string;
  readonly name: LocalisedText;
  readonly image: string | null;
}

/** What buyers, and the contexts that sell to them, read of the catalog. */
export abstract class FindProducts {
  /** The visible products that answer the question; none where it names a category or store that does not exist. */
  abstract list(question: ProductQuestion): Promise<Page<ProductCardView>>;

  /** Visible products of which a name, or one of its words, begins like `q`; at most 10. */
  abstract suggest(q: string): Promise<Suggestion[]>;

  /** A visible product by its id or slug; `PRODUCT_NOT_FOUND` for every other. */
  abstract show(idOrSlug: string): Promise<ProductView>;

  /** These variants, whether they can be bought or not; those that do not exist are left out. One query. */
  abstract variants(variantIds: readonly string[]): Promise<VariantView[]>;
}
