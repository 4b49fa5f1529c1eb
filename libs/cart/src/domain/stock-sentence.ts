/** Says to a buyer who wants more how many pieces there are. */
export function stockSentence(available: number): string {
  return available === 0 ? 'This is sold out.' : `Only ${available} left.`;
}
