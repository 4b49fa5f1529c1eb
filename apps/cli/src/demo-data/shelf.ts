/** The values of one option, each with what it makes of the base price: `{ '250 g': 1, '1 kg': 3.6 }`. */
export type OptionValues = Readonly<Record<string, number>>;

/** What a product's variants differ in, by the name of the option. Every combination of values is one variant. */
export type Choices = Readonly<Record<string, OptionValues>>;

/** What one product has beside what its shelf says. */
export interface ItemExtras {
  readonly brand?: string;
  /** The price before as a multiple of the present one. */
  readonly was?: number;
  readonly choices?: Choices;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
}

/** One product: its names, its base price in cents of USD, and what is special about it. */
export interface Item extends ItemExtras {
  readonly en: string;
  readonly ar: string;
  readonly price: number;
  readonly about: string;
}

/** Products of one category that have much in common. */
export interface Shelf {
  /** The slug of the category. */
  readonly category: string;
  /** The part of the SKUs that names the shelf. */
  readonly code: string;
  /** Taken in turn by items that name none. */
  readonly brands: readonly string[];
  /** What is true of everything on the shelf; ends each description. */
  readonly common: string;
  /** The same in Arabic; descriptions without it are English only. */
  readonly commonAr?: string;
  readonly tags: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  /** `standard` where nothing is said. */
  readonly taxClass?: string;
  /** Of the smallest variant; null for what needs no shipping. */
  readonly grams: number | null;
  /** What the pictures show, to complete the alternative text `<name>, <shot>`. */
  readonly shots: readonly string[];
  readonly choices?: Choices;
  readonly items: readonly Item[];
}

/** Values that do not change the price: `same('S', 'M', 'L')`. */
export function same(...values: readonly string[]): OptionValues {
  return Object.fromEntries(values.map((value) => [value, 1]));
}

/** One product of a shelf; `price` in cents. */
export function item(en: string, ar: string, price: number, about: string, extras: ItemExtras = {}): Item {
  return { en, ar, price, about, ...extras };
}
