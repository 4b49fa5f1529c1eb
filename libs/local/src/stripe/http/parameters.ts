import type Stripe from 'stripe';
import type { FormGroup, FormValue } from './form.js';
import { invalidParameter } from './errors.js';

const limits = { metadataKeys: 50, metadataName: 40, metadataValue: 500 } as const;

/** `[gte]`, `[lt]` … of a time, in seconds since 1970. */
export type Range = Partial<Record<'gt' | 'gte' | 'lt' | 'lte', number>>;

/**
 * The parameters of a request, read by name and type as Stripe reads them. A parameter that nobody has read by the time
 * `finish` is called is unknown: the emulator says so instead of ignoring what it does not emulate.
 */
export class Parameters {
  private readonly seen = new Set<string>();
  private readonly groups: Parameters[] = [];

  constructor(
    private readonly fields: FormGroup,
    private readonly prefix = '',
  ) {}

  text(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw invalidParameter('Invalid string', this.nameOf(name));
    if (value === '') {
      throw invalidParameter(
        `You passed an empty string for '${this.nameOf(name)}'. We assume empty values are an attempt to unset a parameter; ` +
          `however '${this.nameOf(name)}' cannot be unset.`,
        this.nameOf(name),
        'parameter_invalid_empty',
      );
    }
    return value;
  }

  requiredText(name: string): string {
    return this.text(name) ?? this.missing(name);
  }

  /** A whole number of at least `minimum`. */
  integer(name: string, minimum: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) {
      throw invalidParameter(`Invalid integer: ${value}`, this.nameOf(name), 'parameter_invalid_integer');
    }
    if (number < minimum) {
      throw invalidParameter(`This value must be greater than or equal to ${minimum}.`, this.nameOf(name), 'parameter_invalid_integer');
    }
    return number;
  }

  requiredInteger(name: string, minimum: number): number {
    return this.integer(name, minimum) ?? this.missing(name);
  }

  flag(name: string): boolean | undefined {
    const value = this.choice(name, ['true', 'false']);
    return value === undefined ? undefined : value === 'true';
  }

  choice<const T extends string>(name: string, options: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const option = options.find((candidate) => candidate === value);
    if (option !== undefined) return option;
    throw invalidParameter(`Invalid ${this.nameOf(name)}: must be one of ${options.join(', ')}`, this.nameOf(name));
  }

  texts(name: string): string[] | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const items = typeof value === 'string' ? [value] : Object.values(value);
    return items.map((item) => {
      if (typeof item !== 'string') throw invalidParameter('Invalid array', this.nameOf(name));
      return item;
    });
  }

  group(name: string): Parameters | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'string') throw invalidParameter('Invalid object', this.nameOf(name));
    const group = new Parameters(value, this.nameOf(name));
    this.groups.push(group);
    return group;
  }

  /** `current` with the keys that were sent; an empty value removes its key. */
  metadata(current: Stripe.Metadata = {}): Stripe.Metadata {
    const value = this.take('metadata');
    if (value === undefined) return current;
    if (value === '') return {};
    if (typeof value === 'string') throw invalidParameter('Invalid object', 'metadata');
    const merged = { ...current };
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string' || text.length > limits.metadataValue || key.length > limits.metadataName) {
        throw invalidParameter(
          `Metadata keys can have up to ${limits.metadataName} characters and values up to ${limits.metadataValue}.`,
          `metadata[${key}]`,
        );
      }
      if (text === '') delete merged[key];
      else merged[key] = text;
    }
    if (Object.keys(merged).length > limits.metadataKeys) {
      throw invalidParameter(`You can have up to ${limits.metadataKeys} metadata keys.`, 'metadata');
    }
    return merged;
  }

  /** A moment, or a range of moments, in seconds. */
  range(name: string): Range | undefined {
    const value = this.fields[name];
    if (typeof value === 'string') {
      const exact = this.integer(name, 0);
      return { gte: exact, lte: exact };
    }
    const group = this.group(name);
    if (group === undefined) return undefined;
    return { gt: group.integer('gt', 0), gte: group.integer('gte', 0), lt: group.integer('lt', 0), lte: group.integer('lte', 0) };
  }

  /** Refuses what was sent and never read. */
  finish(): void {
    for (const name of Object.keys(this.fields)) {
      if (!this.seen.has(name)) {
        throw invalidParameter(`Received unknown parameter: ${this.nameOf(name)}`, this.nameOf(name), 'parameter_unknown');
      }
    }
    for (const group of this.groups) group.finish();
  }

  private take(name: string): FormValue | undefined {
    this.seen.add(name);
    return this.fields[name];
  }

  private missing(name: string): never {
    throw invalidParameter(`Missing required param: ${this.nameOf(name)}.`, this.nameOf(name), 'parameter_missing');
  }

  private nameOf(name: string): string {
    return this.prefix === '' ? name : `${this.prefix}[${name}]`;
  }
}
