import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { DomainError } from '@daraa/kernel';
import type { ErrorDetail } from '@daraa/kernel';
import { inspectStructure } from './body.js';
import { isPlainObject, readProblem } from './fields/declare.js';

const BARE_TYPES: readonly unknown[] = [String, Number, Boolean, Array, Object, Buffer];

/** Enough for a client to mend its request, little enough not to be a weapon. */
const MAXIMUM_DETAILS = 50;

/**
 * Reads bodies and queries into their DTO classes. Unknown fields, wrong types and missing fields are refused with
 * `VALIDATION_ERROR` and the path of each (`address.lines[0].city`); nothing is converted that the DTO does not say.
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || metatype === undefined || BARE_TYPES.includes(metatype)) return value;
    return validated(metatype as Type<object>, value, type);
  }
}

/** `value` as an instance of `dto`, or `VALIDATION_ERROR` with every field that is wrong. */
export function validated<Dto extends object>(dto: Type<Dto>, value: unknown, source: 'body' | 'query' = 'body'): Dto {
  const plain = value === undefined ? {} : value;
  if (!isPlainObject(plain)) throw refusal([{ field: source, message: 'must be an object' }]);
  if (source === 'query') inspectStructure(plain);
  const instance = plainToInstance(dto, plain, { exposeDefaultValues: true, enableImplicitConversion: false });
  const problems = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false },
  });
  if (problems.length > 0) throw refusal(problems.flatMap((problem) => detailsOf(problem, '')));
  return instance;
}

function refusal(details: readonly ErrorDetail[]): DomainError {
  return new DomainError('VALIDATION_ERROR', { details: details.slice(0, MAXIMUM_DETAILS) });
}

function detailsOf(problem: ValidationError, parent: string): ErrorDetail[] {
  const field = /^\d+$/.test(problem.property) && parent !== '' ? `${parent}[${problem.property}]` : join(parent, problem.property);
  const own = Object.entries(problem.constraints ?? {});
  // Ours comes before class-validator's "nested property must be an object", which says the same in other words.
  const [name, carried] = own.find(([rule]) => rule !== 'nestedValidation') ?? own[0] ?? [];
  const details: ErrorDetail[] = [];
  if (name === 'whitelistValidation') details.push({ field, message: 'is not a known field' });
  else if (carried !== undefined) {
    const { at, message } = readProblem(carried);
    details.push({ field: `${field}${at}`, message });
  }
  return [...details, ...(problem.children ?? []).flatMap((child) => detailsOf(child, field))];
}

function join(parent: string, property: string): string {
  return parent === '' ? property : `${parent}.${property}`;
}
