import { applyDecorators } from '@nestjs/common';
import { ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ApiResponseOptions } from '@nestjs/swagger';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ERROR_CATALOGUE } from '@daraa/kernel';
import type { ErrorCode } from '@daraa/kernel';
import type { Route } from '../access/routes.js';
import { idempotentOptionsOf } from '../idempotency/idempotent-options.js';
import { rateLimitOf } from '../limits/rate-limit.guard.js';
import { dataTypeOf, isList, operationOf } from './operation.js';
import type { OperationOptions, SuccessAnswer } from './operation.js';

type Schema = NonNullable<Extract<ApiResponseOptions, { schema: unknown }>['schema']>;

const integer = { type: 'integer', minimum: 0 } as const;

const PAGE: Schema = {
  type: 'object',
  required: ['page', 'limit', 'total', 'totalPages', 'hasNext', 'hasPrev'],
  properties: {
    page: { ...integer, example: 1 },
    limit: { ...integer, example: 20 },
    total: { ...integer, example: 1 },
    totalPages: { ...integer, example: 1 },
    hasNext: { type: 'boolean', example: false },
    hasPrev: { type: 'boolean', example: false },
  },
};

const CURSOR: Schema = {
  type: 'object',
  required: ['limit', 'nextCursor'],
  properties: { limit: { ...integer, example: 20 }, nextCursor: { type: 'string', nullable: true, example: 'eyJhdCI6MTc2fQ' } },
};

function dataSchema(success: SuccessAnswer): Schema | undefined {
  const type = dataTypeOf(success);
  if (!type) return undefined;
  const reference = { $ref: getSchemaPath(type) };
  return success.list !== undefined || isList(success.type) ? { type: 'array', items: reference } : (reference as Schema);
}

function successResponse(success: SuccessAnswer): MethodDecorator {
  const description = success.description ?? 'Done.';
  if (success.status === 204) return ApiResponse({ status: 204, description });
  if (success.raw !== undefined) {
    const bare: Schema = success.raw === 'application/json' ? { type: 'object' } : { type: 'string', format: 'binary' };
    return ApiResponse({ status: success.status, description, content: { [success.raw]: { schema: dataSchema(success) ?? bare } } });
  }
  const data: Schema = dataSchema(success) ?? { type: 'object', nullable: true, example: null };
  const schema: Schema = {
    type: 'object',
    required: success.list === undefined ? ['success', 'data'] : ['success', 'data', 'pagination'],
    properties: {
      success: { type: 'boolean', enum: [true], example: true },
      data,
      message: { type: 'string', description: 'A sentence for a person.' },
      ...(success.list === undefined ? {} : { pagination: success.list === 'page' ? PAGE : CURSOR }),
    },
  };
  return ApiResponse({ status: success.status, description, schema });
}

function exampleOf(code: ErrorCode): object {
  const details = code === 'VALIDATION_ERROR' ? [{ field: 'name', message: 'must not be blank' }] : [];
  return {
    success: false,
    error: {
      code,
      message: ERROR_CATALOGUE[code].message,
      details,
      timestamp: '2026-03-01T09:30:00.000Z',
      path: '/api/v1/example',
      requestId: '5f0c8e9a-6c1d-4a55-9a63-1f5f3c1f2a10',
    },
  };
}

function errorResponses(codes: readonly ErrorCode[]): MethodDecorator[] {
  const statuses = [...new Set(codes.map((code) => ERROR_CATALOGUE[code].status as number))].sort((left, right) => left - right);
  return statuses.map((status) => {
    const ofStatus = codes.filter((code) => ERROR_CATALOGUE[code].status === status);
    return ApiResponse({
      status,
      description: ofStatus.map((code) => `${code}: ${ERROR_CATALOGUE[code].message}`).join('\n'),
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/ErrorReply' },
          examples: Object.fromEntries(ofStatus.map((code) => [code, { value: exampleOf(code) }])),
        },
      },
    });
  });
}

/** How Nest's metadata numbers the kinds of a handler's arguments. */
const BODY = 3;
const QUERY = 4;

/** Whether the handler has an argument of one of these kinds. */
function reads(route: Route, ...kinds: readonly number[]): boolean {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, route.controller, route.methodName) ?? {}) as Record<string, unknown>;
  return Object.keys(args).some((key) => kinds.some((kind) => key.startsWith(`${kind}:`)));
}

/** Codes that a route answers because of what it is, without having to say so. */
function impliedErrors(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = ['INTERNAL_ERROR', 'SERVICE_UNAVAILABLE'];
  const { access } = route;
  if (access && access.kind !== 'public') codes.push('UNAUTHENTICATED', 'TOKEN_EXPIRED');
  if (access?.kind === 'roles' || access?.kind === 'admin') codes.push('FORBIDDEN');
  if (access?.kind === 'store') codes.push('STORE_NOT_FOUND');
  if (reads(route, BODY, QUERY)) codes.push('VALIDATION_ERROR');
  if (reads(route, BODY)) codes.push('MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  const idempotent = idempotentOptionsOf(route.handler);
  if (idempotent) codes.push('IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS');
  if (idempotent?.required === true) codes.push('IDEMPOTENCY_KEY_REQUIRED');
  if (rateLimitOf(route.handler, route.controller) !== 'none') codes.push('RATE_LIMITED');
  return codes;
}

const documented = new WeakSet<object>();

/** Adds the answers of every route to what Nest's scanner will find; a route is done once. */
export function documentAnswers(routes: readonly Route[]): void {
  for (const route of routes) {
    const operation: OperationOptions | undefined = operationOf(route.handler);
    if (!operation || documented.has(route.handler)) continue;
    documented.add(route.handler);
    const codes = [...new Set([...(operation.errors ?? []), ...impliedErrors(route)])];
    const descriptor = Object.getOwnPropertyDescriptor(route.controller.prototype, route.methodName);
    if (!descriptor) continue;
    applyDecorators(successResponse(operation.success), ...errorResponses(codes))(
      route.controller.prototype as object,
      route.methodName,
      descriptor,
    );
  }
}
