/** JSON with the names of every object in order, so that two bodies that mean the same hash the same. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
      return Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)));
    }) ?? 'null'
  );
}
