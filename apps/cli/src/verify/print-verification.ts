import type { Verification, VerificationResult } from '@daraa/platform';

export interface PrintOptions {
  /** One JSON document in place of lines. */
  readonly json: boolean;
  /** Whether to make the checks that ask the payment provider. */
  readonly provider: boolean;
}

type Print = (line: string) => void;

/** Runs all checks and prints what they find, each as soon as it is done. True when nothing is wrong. */
export async function printVerification(verification: Verification, { json, provider }: PrintOptions, print: Print): Promise<boolean> {
  const results: VerificationResult[] = [];
  for await (const result of verification.results({ withProvider: provider })) {
    results.push(result);
    if (!json) linesOf(result).forEach(print);
  }
  const violations = results.flatMap((result) => result.violations);
  const clean = violations.length === 0;
  print(json ? JSON.stringify({ clean, checks: results }, null, 2) : summaryOf(results.length, violations.length));
  return clean;
}

function linesOf({ rule, name, violations, notVerified }: VerificationResult): string[] {
  if (notVerified !== undefined) return [`?  rule ${rule}  ${name}: not verified. ${notVerified}`];
  if (violations.length === 0) return [`ok rule ${rule}  ${name}`];
  return violations.map((broken) => {
    const { document, expected, found } = broken;
    return `!! rule ${broken.rule}  ${document}  expected: ${expected}  found: ${found}`;
  });
}

function summaryOf(checks: number, violations: number): string {
  if (violations === 0) return `${checks} checks, all clean.`;
  return violations === 1 ? '1 violation.' : `${violations} violations.`;
}
