import { randomBytes } from 'node:crypto';

/** Ids of ours, of the provider, of requests and of keys, and the numbers of purchases: what must differ from flow to flow. */
const TOKENS = [
  String.raw`\b[a-z]{2,5}_[0-7][0-9a-hjkmnp-tv-z]{25}(?![0-9A-Za-z])`,
  String.raw`\b(?:pi|ch|pm|evt)_[A-Za-z0-9]{24}(?![A-Za-z0-9])`,
  String.raw`_secret_[A-Za-z0-9]{25}(?![A-Za-z0-9])`,
  String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`,
  String.raw`(?<![\w-])[\w-]{43}(?![\w-])`,
  String.raw`\bDRA-\d{4}-\d{6}`,
];
const TOKEN = new RegExp(`(${TOKENS.join('|')})`);
/** The goods and who sells them are there before the flow and stay as they are. */
const STANDING = /^(?:sto|prod|cat)_/;
const NUMBER_FROM = 500_000;

/** Makes a value of its kind for one flow. */
export type Template<Value> = (flow: Tokens) => Value;

let minted = 0;
const PROCESS_MARK = randomBytes(3).toString('hex');

/** A token of the same form and length that nobody has. */
function mint(token: string): string {
  minted += 1;
  const number = /^DRA-\d{4}-/.exec(token);
  if (number) return `${number[0]}${NUMBER_FROM + minted}`;
  const prefix = /^(?:[a-z]+_|_secret_)/.exec(token)?.[0] ?? '';
  return `${prefix}0${PROCESS_MARK}${String(minted).padStart(token.length - prefix.length - PROCESS_MARK.length - 1, '0')}`;
}

/** What stands in one flow for each token of the recording; minted when it is asked for first. */
export class Tokens {
  private readonly values = new Map<string, string>();

  of(token: string): string {
    const known = this.values.get(token);
    if (known !== undefined) return known;
    const fresh = mint(token);
    this.values.set(token, fresh);
    return fresh;
  }

  set(token: string, value: string): void {
    this.values.set(token, value);
  }
}

/** The tokens in a text, in their order. */
export function tokensIn(text: string): string[] {
  return text.match(new RegExp(TOKEN, 'g')) ?? [];
}

/** Compiles a recorded value: what holds no token is shared by all flows, the rest is built anew for each. */
export function templateOf<Value>(value: Value): Template<Value> {
  return (compile(value) ?? (() => value)) as Template<Value>;
}

/** Undefined for a value without tokens. */
function compile(value: unknown): Template<unknown> | undefined {
  if (typeof value === 'string') return compileText(value);
  if (Array.isArray(value)) return compileList(value);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) return compileObject(value);
  return undefined;
}

function compileText(text: string): Template<string> | undefined {
  const parts = text.split(TOKEN);
  const varies = parts.map((part, index) => index % 2 === 1 && !STANDING.test(part));
  if (!varies.includes(true)) return undefined;
  const [before = '', token = '', after = ''] = parts;
  if (parts.length === 3) return (flow) => before + flow.of(token) + after;
  return (flow) => parts.reduce((built, part, index) => built + (varies[index] ? flow.of(part) : part), '');
}

function compileList(list: readonly unknown[]): Template<unknown[]> | undefined {
  const items = list.map(compile);
  if (items.every((item) => item === undefined)) return undefined;
  return (flow) => items.map((item, index) => (item ? item(flow) : list[index]));
}

function compileObject(object: object): Template<object> | undefined {
  const fields = Object.entries(object).map(([name, value]) => ({ name, key: compileText(name), value, build: compile(value) }));
  if (fields.every(({ key, build }) => !key && !build)) return undefined;
  return (flow) => {
    const built: Record<string, unknown> = {};
    for (const { name, key, value, build } of fields) built[key ? key(flow) : name] = build ? build(flow) : value;
    return built;
  };
}
