import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import type { PageRequest } from '@daraa/kernel';
import { BooleanField, IntegerField } from './number-fields.js';
import type { NumberOptions } from './number-fields.js';
import { EnumField, IdField, TextField } from './text-fields.js';
import type { TextOptions } from './text-fields.js';

interface QueryOptions {
  readonly description?: string;
  /** Must be given; query parameters may be left out otherwise. */
  readonly required?: boolean;
}

/** Query values come as text; `convert` reads those that are well-formed and leaves the others to be refused. */
function read(convert: (text: string) => unknown): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? convert(value) : value));
}

function asOptional<Options extends QueryOptions>(options: Options): Options & { optional: boolean } {
  return { ...options, optional: options.required !== true };
}

/** A whole number in the query string. */
export function IntegerQuery(options: Omit<NumberOptions, 'optional' | 'each' | 'nullable'> & QueryOptions = {}): PropertyDecorator {
  const convert = read((text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text));
  return applyDecorators(convert, IntegerField(asOptional(options)));
}

/** `true` or `false` in the query string. */
export function BooleanQuery(options: QueryOptions & { example?: boolean } = {}): PropertyDecorator {
  const convert = read((text) => (text === 'true' ? true : text === 'false' ? false : text));
  return applyDecorators(convert, BooleanField(asOptional(options)));
}

/** Text in the query string, given once. */
export function TextQuery(options: Omit<TextOptions, 'optional' | 'each' | 'nullable'> & QueryOptions): PropertyDecorator {
  return TextField(asOptional(options));
}

/** One of a fixed set of words in the query string. */
export function EnumQuery<Value extends string>(
  values: readonly Value[],
  options: QueryOptions & { example?: Value; name?: string } = {},
): PropertyDecorator {
  return EnumField(values, asOptional(options));
}

/** An id in the query string. */
export function IdQuery(prefix: string, options: QueryOptions & { example?: string } = {}): PropertyDecorator {
  return IdField(prefix, asOptional(options));
}

/** `?page=` from 1 and `?limit=` up to 100, 20 where nothing is said. Extend it for lists with filters. */
export class PageQuery implements PageRequest {
  @IntegerQuery({ min: 1, max: 10_000, example: 1, description: 'The page, from 1.' })
  page = 1;

  @IntegerQuery({ min: 1, max: 100, example: 20, description: 'How many items a page has.' })
  limit = 20;
}

/** `?cursor=` to read on from, and `?limit=` up to 100, 20 where nothing is said. */
export class CursorQuery {
  @TextQuery({ max: 200, pattern: /^[A-Za-z0-9_-]+$/, example: 'eyJhdCI6MTc2fQ', description: 'nextCursor of the answer before.' })
  cursor?: string;

  @IntegerQuery({ min: 1, max: 100, example: 20, description: 'How many items an answer has.' })
  limit = 20;
}
