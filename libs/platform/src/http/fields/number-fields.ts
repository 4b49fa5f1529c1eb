import { field } from './declare.js';
import type { FieldOptions, Test } from './declare.js';

export interface NumberOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  readonly example?: number;
}

function sentenceOf(kind: string, min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `must be ${kind} from ${min} to ${max}`;
  if (min !== undefined) return `must be ${kind} of at least ${min}`;
  return max === undefined ? `must be ${kind}` : `must be ${kind} of at most ${max}`;
}

function rangeOf(options: NumberOptions): { minimum?: number; maximum?: number } {
  return {
    ...(options.min === undefined ? {} : { minimum: options.min }),
    ...(options.max === undefined ? {} : { maximum: options.max }),
  };
}

function isWithin(value: number, options: NumberOptions): boolean {
  return value >= (options.min ?? -Number.MAX_VALUE) && value <= (options.max ?? Number.MAX_VALUE);
}

/** A whole number, exactly representable. Text that looks like one is refused. */
export function IntegerField(options: NumberOptions = {}): PropertyDecorator {
  const sentence = sentenceOf('a whole number', options.min, options.max);
  const test: Test = (value) => (Number.isSafeInteger(value) && isWithin(value as number, options) ? undefined : sentence);
  return field('integer', options, test, { type: 'integer', ...rangeOf(options), example: options.example ?? options.min ?? 1 });
}

/** A finite number. Text that looks like one is refused. */
export function NumberField(options: NumberOptions = {}): PropertyDecorator {
  const sentence = sentenceOf('a number', options.min, options.max);
  const test: Test = (value) => (typeof value === 'number' && Number.isFinite(value) && isWithin(value, options) ? undefined : sentence);
  return field('number', options, test, { type: Number, ...rangeOf(options), example: options.example ?? options.min ?? 1.5 });
}

/** True or false, not a word for it. */
export function BooleanField(options: FieldOptions & { example?: boolean } = {}): PropertyDecorator {
  const test: Test = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
  return field('boolean', options, test, { type: Boolean, example: options.example ?? true });
}
