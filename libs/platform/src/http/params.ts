import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { ApiParamOptions } from '@nestjs/swagger';
import { DomainError, isId } from '@daraa/kernel';
import type { ErrorCode } from '@daraa/kernel';
import { exampleId } from './fields/text-fields.js';
import type { HttpRequest } from './request-state.js';

function pathParameter(name: string, isRight: (value: string) => boolean, code: ErrorCode, shape: ApiParamOptions): ParameterDecorator {
  const read = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
    const value = (context.switchToHttp().getRequest<HttpRequest>().params as Record<string, string | undefined>)[name];
    if (value === undefined || !isRight(value)) throw new DomainError(code);
    return value;
  });
  return (target, key, index) => {
    read()(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) ApiParam(shape)(target, key, descriptor);
  };
}

/** An id in the path. One that is not even an id is simply not there: it answers `code` (a 404). */
export function IdParam(name: string, prefix: string, code: ErrorCode = 'NOT_FOUND'): ParameterDecorator {
  return pathParameter(name, (value) => isId(prefix, value), code, { name, schema: { type: 'string', example: exampleId(prefix) } });
}

/** Text in the path that matches `pattern` (a slug, a key); anything else answers `code` (a 404). */
export function TextParam(name: string, options: { pattern: RegExp; example: string }, code: ErrorCode = 'NOT_FOUND'): ParameterDecorator {
  return pathParameter(name, (value) => options.pattern.test(value), code, { name, schema: { type: 'string', example: options.example } });
}
