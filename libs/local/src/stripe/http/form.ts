/** A form body with nested keys: `metadata[order]=7` is `{ metadata: { order: '7' } }`, `expand[]=a` is `{ expand: { 0: 'a' } }`. */
export interface FormGroup {
  [name: string]: FormValue;
}
export type FormValue = string | FormGroup;

function emptyGroup(): FormGroup {
  // Without a prototype, a field named `__proto__` is a field like any other.
  return Object.create(null) as FormGroup;
}

/** `a[b][]` → `['a', 'b', '']`; a name without brackets is one segment. */
function segmentsOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !name.endsWith(']')) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

function assign(group: FormGroup, [head = '', ...rest]: string[], value: string): void {
  const name = head === '' ? String(Object.keys(group).length) : head;
  if (rest.length === 0) {
    group[name] = value;
    return;
  }
  const existing = group[name];
  const inner = typeof existing === 'object' ? existing : emptyGroup();
  group[name] = inner;
  assign(inner, rest, value);
}

/** Reads a form-encoded body or query string. */
export function parseForm(encoded: string): FormGroup {
  const group = emptyGroup();
  for (const [name, value] of new URLSearchParams(encoded)) assign(group, segmentsOf(name), value);
  return group;
}

/** The same text for the same parameters, in whatever order they were sent. */
export function canonicalForm(encoded: string): string {
  const form = new URLSearchParams(encoded);
  form.sort();
  return form.toString();
}
