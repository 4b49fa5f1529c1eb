import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { House } from './house.js';
import { importRulesOf, type ImportRule } from './rules.js';

/** A broken rule: its name, the file (relative to the root of the house) and a sentence for the reader. */
export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly sentence: string;
}

/** What a cruise through a house saw: each file of apps/ and libs/, and each broken rule. */
export interface ImportInspection {
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Cruises apps/ and libs/ of the house in `root` and holds every import, type-only ones included, against its rules.
 * `@daraa/*` resolves through the `paths` of the tsconfig.json in `root`.
 */
export async function inspectImports(root: string, house: House): Promise<ImportInspection> {
  const rules = importRulesOf(house);
  const tsconfig = path.join(root, 'tsconfig.json');
  const { output } = await cruise(
    ['apps', 'libs'].filter((folder) => existsSync(path.join(root, folder))),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: rules },
      tsPreCompilationDeps: true,
      doNotFollow: { path: '(^|/)node_modules/' },
      moduleSystems: ['es6'],
      // Only our own dist: many packages have their entry in a folder of that name.
      exclude: { path: '^(?:apps|libs)/(?:.+/|)dist/' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    },
    // Not the option `tsConfig`: its resolver cannot tell `@daraa/*/events` from `@daraa/*`, enhanced-resolve itself can.
    { tsconfig } as Parameters<typeof cruise>[2],
    { tsConfig: extractTSConfig(tsconfig) },
  );
  return reportOf(output as ICruiseResult, rules);
}

function reportOf(result: ICruiseResult, rules: readonly ImportRule[]): ImportInspection {
  const reasons = new Map(rules.map((rule) => [rule.name, rule.comment]));
  const findings = new Map<string, Finding>();
  for (const violation of result.summary.violations) {
    const sentence = `${fact(violation)}, but ${reasons.get(violation.rule.name)} (${violation.rule.name})`;
    findings.set(sentence, { rule: violation.rule.name, file: violation.from, sentence });
  }
  return {
    files: [...new Set(result.modules.map((module) => module.source))].filter((source) => /^(?:apps|libs)\//.test(source)).sort(),
    findings: [...findings.values()],
  };
}

function fact({ cycle, from, to }: IViolation): string {
  if (cycle) return `${circle(cycle.map((file) => file.name))} is a cycle`;
  return `${from} imports ${to}`;
}

/** The same circle is reported once from each of its files; begun at its first name, it reads the same each time. */
function circle(files: readonly string[]): string {
  const first = files.indexOf([...files].sort()[0] ?? '');
  const turned = [...files.slice(first), ...files.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
