import { applyDecorators, createParamDecorator, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { HttpRequest } from '../request-state.js';
import type { Claim } from './claim.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IDEMPOTENT } from './idempotent-options.js';
import type { IdempotentOptions } from './idempotent-options.js';

/**
 * Makes a POST safe to repeat by `Idempotency-Key`: the first answer is kept for 24 hours and repeated byte for byte.
 * `required` refuses requests without a key; `mints` is the prefix of the id that comes with the claim.
 */
export function Idempotent(options: IdempotentOptions): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENT, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: options.required,
      description: 'Repeating a request with the same key and body gives the first answer again, for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
      example: '4f0a1c52-6d0f-4a55-9a63-1f5f3c1f2a10',
    }),
  );
}

/** The claim of an idempotent route; undefined when the request came without a key. */
export const IdempotencyClaim = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Claim | undefined => context.switchToHttp().getRequest<HttpRequest>().claim,
);
