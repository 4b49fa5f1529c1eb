const ARABIC_INDIC_ZERO = 0x0660;
const EASTERN_ARABIC_ZERO = 0x06f0;

/**
 * The form in which words are stored for searching and looked for: lower case, without diacritics and tatweel, with one form
 * for each of alef, yaa and taa marbuta, Latin digits, and single blanks between words. Applied to what is written and to what
 * is asked, so that `إضاءة` and `اضاءه`, or `Café` and `cafe`, meet.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(/\u0671/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_INDIC_ZERO))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - EASTERN_ARABIC_ZERO))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const LONGEST_TAIL = 60;
const MOST_TAILS = 8;

/**
 * What a name is found by while it is typed: the name itself and its ends that begin with a later word, normalised
 * (`wireless mouse`, `mouse`), at most 8 of at most 60 characters.
 */
export function tailsOf(name: string): string[] {
  const words = normalise(name).split(' ');
  if (words[0] === '') return [];
  return words.slice(0, MOST_TAILS).map((_word, index) => words.slice(index).join(' ').slice(0, LONGEST_TAIL));
}
