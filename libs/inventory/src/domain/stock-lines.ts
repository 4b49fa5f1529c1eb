/** So many pieces of a variant. */
export interface StockLine {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * The lines with each variant once, in the order of their ids, so that everybody asks for the same items in the same order.
 * Throws a RangeError for a quantity that is not a positive whole number: callers check what people send before.
 */
export function mergedLines(lines: readonly StockLine[]): StockLine[] {
  const merged = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    if (!Number.isSafeInteger(quantity) || quantity <= 0) throw new RangeError(`${quantity} pieces of ${variantId} cannot be asked for.`);
    merged.set(variantId, (merged.get(variantId) ?? 0) + quantity);
  }
  return [...merged]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
