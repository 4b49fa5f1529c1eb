import { HttpCode, SetMetadata, applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ErrorCode } from '@daraa/kernel';

/** What a route answers when all goes well. */
export interface SuccessAnswer {
  /** The HTTP status; it is also the one that is sent. */
  readonly status: number;
  /** The class of the data, or a list of one class in brackets; none for answers without data. */
  readonly type?: Type | readonly [Type];
  /** A list in pages, or one that is read on by a cursor. */
  readonly list?: 'page' | 'cursor';
  /** The media type of an answer without the envelope (`application/pdf`); with `type`, the data stands there by itself. */
  readonly raw?: string;
  readonly description?: string;
}

export interface OperationOptions {
  /** Unique among all operations; the method's name where nothing is said. */
  readonly id?: string;
  readonly summary: string;
  readonly description?: string;
  /** The group it is shown in. */
  readonly tag: string;
  readonly success: SuccessAnswer;
  /** Codes of this operation; those of authentication, validation, rate limits and idempotency are added by themselves. */
  readonly errors?: readonly ErrorCode[];
  readonly deprecated?: boolean;
}

const OPERATION = 'daraa:operation';

/** What a handler says of itself; undefined where it is silent. */
export function operationOf(handler: object): OperationOptions | undefined {
  return Reflect.getMetadata(OPERATION, handler) as OperationOptions | undefined;
}

/** The class of the items of an answer. */
export function dataTypeOf(success: SuccessAnswer): Type | undefined {
  const { type } = success;
  return isList(type) ? type[0] : type;
}

export function isList(type: SuccessAnswer['type']): type is readonly [Type] {
  return Array.isArray(type);
}

/** States an operation for the OpenAPI document, and sets the status of its success. */
export function Operation(options: OperationOptions): MethodDecorator {
  const type = dataTypeOf(options.success);
  return (target, key, descriptor) => {
    const decorators: MethodDecorator[] = [
      ApiTags(options.tag),
      SetMetadata(OPERATION, options),
      HttpCode(options.success.status),
      ApiOperation({
        operationId: options.id ?? String(key),
        summary: options.summary,
        ...(options.description === undefined ? {} : { description: options.description }),
        ...(options.deprecated === true ? { deprecated: true } : {}),
      }),
    ];
    if (type) decorators.push(ApiExtraModels(type));
    applyDecorators(...decorators)(target, key, descriptor);
  };
}
