import { Transform } from 'class-transformer';
import { isEmail, isURL } from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { isCurrency, isId } from '@daraa/kernel';
import { isStorableText } from '../body.js';
import { field } from './declare.js';
import type { FieldOptions, Test } from './declare.js';

export interface TextOptions extends FieldOptions {
  /** Characters at least; from 1 on, text of blanks alone is refused too. */
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  readonly example: string;
}

/** The rule behind TextField, for whoever checks text inside something else. */
export function textTest(options: { min?: number; max: number; pattern?: RegExp }): Test {
  const { min = 0, max, pattern } = options;
  const sentence = `must be text of ${min} to ${max} characters`;
  return (value) => {
    if (typeof value !== 'string' || value.length < min || value.length > max) return sentence;
    if (min > 0 && value.trim() === '') return 'must not be blank';
    if (!isStorableText(value)) return 'must be text without NUL and without broken characters';
    return pattern && !pattern.test(value) ? `must match ${pattern.source}` : undefined;
  };
}

/** Text as it was given, `min` to `max` characters, not blank where `min` is 1 or more. */
export function TextField(options: TextOptions): PropertyDecorator {
  return field('text', options, textTest(options), {
    type: String,
    example: options.example,
    ...(options.min === undefined ? {} : { minLength: options.min }),
    maxLength: options.max,
    ...(options.pattern === undefined ? {} : { pattern: options.pattern.source }),
  });
}

/** An email address of at most 254 characters, as it was given. */
export function EmailField(options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const test: Test = (value) =>
    typeof value === 'string' && value.length <= 254 && isEmail(value) ? undefined : 'must be an email address';
  return field('email', options, test, { type: String, format: 'email', maxLength: 254, example: options.example ?? 'lina@example.com' });
}

/** A new password: 8 to 72 characters with an upper and a lower case letter, a digit and a special character. */
export function PasswordField(options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const sentence = 'must have 8 to 72 characters with an upper case letter, a lower case letter, a digit and a special character';
  const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u];
  const test: Test = (value) => {
    if (typeof value !== 'string' || value.length < 8 || Buffer.byteLength(value) > 72) return sentence;
    return isStorableText(value) && classes.every((needed) => needed.test(value)) ? undefined : sentence;
  };
  return field('password', options, test, {
    type: String,
    format: 'password',
    minLength: 8,
    maxLength: 72,
    example: options.example ?? 'Correct-horse-7',
  });
}

function normalisePhone(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 32) return value;
  const phone = parsePhoneNumberFromString(value);
  return phone?.isPossible() ? phone.number : value;
}

/** A phone number with its country code; the handler gets it in E.164 (`+962790000001`). */
export function PhoneField(options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const test: Test = (value) =>
    typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value)
      ? undefined
      : 'must be a phone number with its country code, as +962790000001';
  const normalise = Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(normalisePhone) : normalisePhone(value),
  );
  return field('phone', options, test, { type: String, format: 'phone', example: options.example ?? '+962790000001' }, normalise);
}

/** A well-formed id of this prefix, to show in examples. */
export function exampleId(prefix: string): string {
  return `${prefix}_01jc4yqz8ke5f9h0mns2bvx6tw`;
}

/** An id with this prefix: `@IdField('ord')`. Nothing else reaches a query. */
export function IdField(prefix: string, options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const test: Test = (value) => (isId(prefix, value) ? undefined : `must be an id that begins with ${prefix}_`);
  return field('id', options, test, {
    type: String,
    pattern: `^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
    example: options.example ?? exampleId(prefix),
  });
}

/** One of a fixed set of words. */
export function EnumField<Value extends string>(
  values: readonly Value[],
  options: FieldOptions & { example?: Value; name?: string } = {},
): PropertyDecorator {
  const test: Test = (value) => (values.some((known) => known === value) ? undefined : `must be one of ${values.join(', ')}`);
  return field('enum', options, test, {
    type: String,
    enum: [...values],
    ...(options.name === undefined ? {} : { enumName: options.name }),
    example: options.example ?? values[0],
  });
}

/** An address on the web (http or https), at most `max` characters (2048 where nothing is said). */
export function UrlField(options: FieldOptions & { max?: number; example?: string } = {}): PropertyDecorator {
  const max = options.max ?? 2048;
  const test: Test = (value) =>
    typeof value === 'string' &&
    value.length <= max &&
    isURL(value, { protocols: ['http', 'https'], require_protocol: true, require_tld: false })
      ? undefined
      : 'must be an http or https address';
  return field('url', options, test, {
    type: String,
    format: 'uri',
    maxLength: max,
    example: options.example ?? 'https://example.com/cup.jpg',
  });
}

/** An ISO 4217 code. */
export function CurrencyField(options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const test: Test = (value) => (typeof value === 'string' && isCurrency(value) ? undefined : 'must be an ISO 4217 currency');
  return field('currency', options, test, { type: String, minLength: 3, maxLength: 3, example: options.example ?? 'USD' });
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function readTime(value: unknown): unknown {
  if (typeof value !== 'string' || !ISO_TIME.test(value)) return value;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? value : time;
}

/** A moment (ISO 8601 with offset); the handler gets a `Date`. */
export function DateField(options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const test: Test = (value) => (value instanceof Date ? undefined : 'must be an ISO 8601 time, as 2026-03-01T09:30:00Z');
  const read = Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(readTime) : readTime(value)));
  return field('date', options, test, { type: String, format: 'date-time', example: options.example ?? '2026-03-01T09:30:00.000Z' }, read);
}

/** A day of the calendar, `YYYY-MM-DD`, kept as text. */
export function DayField(options: FieldOptions & { example?: string } = {}): PropertyDecorator {
  const test: Test = (value) => {
    const sentence = 'must be a day, as 2026-03-01';
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return sentence;
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? undefined : sentence;
  };
  return field('day', options, test, { type: String, format: 'date', example: options.example ?? '2026-03-01' });
}
