import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

/** What every field can say of itself. */
export interface FieldOptions {
  readonly description?: string;
  /** May be left out. */
  readonly optional?: boolean;
  /** May be null. */
  readonly nullable?: boolean;
  /** A list of such values, at most `maxItems` (200 where nothing is said) long. */
  readonly each?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What is wrong with a value, and at which place inside it (`[3]`, `.en`). */
export interface Problem {
  readonly at: string;
  readonly message: string;
}

/** Says what is wrong with a value; undefined when nothing is. */
export type Test = (value: unknown) => string | Problem | undefined;

// class-validator carries one string per problem; NUL never stands in a message, so it can part place and sentence.
const SEPARATOR = '\u0000';
const LIST_LIMIT = 200;

/** Place and sentence of a problem as class-validator carried it. */
export function readProblem(carried: string): Problem {
  const position = carried.indexOf(SEPARATOR);
  return position === -1 ? { at: '', message: carried } : { at: carried.slice(0, position), message: carried.slice(position + 1) };
}

function writeProblem(problem: string | Problem): string {
  return typeof problem === 'string' ? problem : `${problem.at}${SEPARATOR}${problem.message}`;
}

function testList(test: Test, options: FieldOptions): Test {
  const minimum = options.minItems ?? 0;
  const maximum = options.maxItems ?? LIST_LIMIT;
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length < minimum || value.length > maximum) return `must be a list of ${minimum} to ${maximum} items`;
    for (const [index, item] of value.entries()) {
      const problem = test(item);
      if (typeof problem === 'string') return { at: `[${index}]`, message: problem };
      if (problem) return { at: `[${index}]${problem.at}`, message: problem.message };
    }
    return undefined;
  };
}

/** A class-validator rule made of one test. */
export function checked(name: string, test: Test): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value) => test(value) === undefined,
      defaultMessage: (given) => writeProblem(test(given?.value) ?? 'is not valid'),
    },
  });
}

/**
 * States a field once: what it must be (`test`), and how the OpenAPI document shows it. A missing value passes only where the
 * field is optional, null only where it is nullable.
 */
export function field(
  name: string,
  options: FieldOptions,
  test: Test,
  shape: ApiPropertyOptions,
  ...more: PropertyDecorator[]
): PropertyDecorator {
  const { description, optional = false, nullable = false, each = false } = options;
  const documented = {
    ...shape,
    // Of an object that is described in place, `required` names its own fields.
    ...(Array.isArray(shape.required) ? { selfRequired: !optional } : { required: !optional }),
    ...(description === undefined ? {} : { description }),
    ...(nullable ? { nullable: true } : {}),
    ...(each ? { isArray: true, minItems: options.minItems ?? 0, maxItems: options.maxItems ?? LIST_LIMIT } : {}),
    ...(each && 'example' in shape && shape.example !== undefined ? { example: [shape.example] } : {}),
  } as ApiPropertyOptions;
  return applyDecorators(
    ApiProperty(documented),
    ValidateIf((_object, value) => !(value === undefined && optional) && !(value === null && nullable)),
    checked(name, each ? testList(test, options) : test),
    ...more,
  );
}

/** True for an object that JSON could have made: no list, no null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
