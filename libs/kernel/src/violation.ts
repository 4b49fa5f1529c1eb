/** One thing that `daraa verify` found wrong: which rule (1 to 9, see docs), in which document, what it should say and what it says. */
export interface Violation {
  readonly rule: number;
  readonly document: string;
  readonly expected: string;
  readonly found: string;
}
