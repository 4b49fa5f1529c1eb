/** A rule about the text of one line. */
export interface TextRule {
  readonly name: string;
  /** Ends the sentence «file:line breaks …: …». */
  readonly comment: string;
  readonly pattern: RegExp;
  /** `everything`: comments too. `code`: without comments. `production code`: without comments, and not in specs. */
  readonly reads: 'everything' | 'code' | 'production code';
}

const declaration = '(?:import|export|const|let|var|function|class|async|private|protected|public|readonly|return|await|throw)';
const statement = [
  `${declaration}\\b.*[;{(]$`, // const total = sum(lines);
  '(?:\\} else |else |)(?:if|for|while|switch) \\(.*[;{(]$', // if (order.paid) {
  '[\\w$.\\[\\]]+\\(.*\\);$', // order.pay(now);
  '[\\w$.\\[\\]]+ [-+]?= .*;$', // order.total = sum;
  '[\\])}]+[;,]?$', // });
  '@\\w+\\(.*\\)$', // @Injectable()
].join('|');

/** What no line may contain. Patterns over words take whole words, so that prose may speak of anything. */
export const textRules: readonly TextRule[] = [
  {
    name: 'no-forward-ref',
    comment: 'a forwardRef hides a cycle',
    pattern: /\bforwardRef\b/,
    reads: 'code',
  },
  {
    name: 'no-todo',
    comment: 'what is left to do belongs to the issue tracker',
    pattern: /\b(?:TODO|FIXME)\b/,
    reads: 'everything',
  },
  {
    name: 'no-eslint-disable',
    comment: 'a rule that is wrong is changed in eslint.config.mjs, for all',
    pattern: /eslint-disable/,
    reads: 'everything',
  },
  {
    name: 'no-ts-ignore',
    comment: 'the compiler is right until its types are corrected',
    pattern: /@ts-(?:ignore|expect-error|nocheck)/,
    reads: 'everything',
  },
  {
    name: 'no-any',
    comment: 'name the type, or take unknown and check it',
    pattern: /(?::\s*any\b|\bas any\b|<any\b|[<,]\s*any>|\bany\[\])/,
    reads: 'production code',
  },
  {
    name: 'no-skipped-test',
    comment: 'a test that does not run proves nothing',
    pattern: /\b(?:it|test|describe)\.(?:skip|todo)\b|\.only\(|\b(?:x|f)(?:it|test|describe)\(/,
    reads: 'code',
  },
  {
    name: 'no-commented-out-code',
    comment: 'what is not used is deleted: the history remembers it',
    pattern: new RegExp(`^\\s*//\\s*(?:${statement})`),
    reads: 'everything',
  },
];
