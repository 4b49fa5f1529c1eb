/** A text in English and, where there is one, Arabic. */
export interface LocalisedText {
  readonly en: string;
  readonly ar?: string;
}
