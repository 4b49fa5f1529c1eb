/** One thing that `daraa verify` found wrong: which rule (1 to 9, see docs), in which document, what it should say and what it says. */
export interface Violation {
  readonly rule: number;
  readonly document: string;
  readonly expected: string;
  readonly found: string;
}

/** A statement about a document: whether it holds, what the document should say, and what it says. */
export type Statement = readonly [holds: boolean, expected: string, found: string];

/**
 * The statements about a document that do not hold. A document that is so wrong that nothing can be computed from it is a
 * violation as well, never an exception.
 */
export function violationsOf(rule: number, document: string, statements: () => Iterable<Statement>): Violation[] {
  try {
    return [...statements()].filter(([holds]) => !holds).map(([, expected, found]) => ({ rule, document, expected, found }));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return [{ rule, document, expected: 'a document that can be computed with', found }];
  }
}
