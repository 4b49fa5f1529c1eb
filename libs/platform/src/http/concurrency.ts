import { createHash } from 'node:crypto';
import { applyDecorators, createParamDecorator, Injectable, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { DomainError } from '@daraa/kernel';
import { envelopeOf, RawBody, SerialisedReply } from './envelope.js';
import { headerOf } from './request-state.js';
import type { HttpReply, HttpRequest } from './request-state.js';

const readIfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number | undefined => {
  const value = headerOf(context.switchToHttp().getRequest<HttpRequest>(), 'if-match')?.trim();
  if (value === undefined || value === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(value)?.[1];
  if (version === undefined) throw new DomainError('VERSION_MISMATCH');
  return Number(version);
});

/**
 * The version that the client read, from `If-Match: "7"`; undefined when it does not care (no header, or `*`). Anything that is
 * no version of ours cannot match and answers `VERSION_MISMATCH`.
 */
export function IfMatch(): ParameterDecorator {
  return (target, key, index) => {
    readIfMatch()(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    const header = ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag that was read.',
      schema: { type: 'string' },
      example: '"7"',
    });
    if (key !== undefined && descriptor) header(target, key, descriptor);
  };
}

/** Throws `VERSION_MISMATCH` when the client expected another version than the present one. */
export function mustMatchVersion(expected: number | undefined, present: number): void {
  if (expected !== undefined && expected !== present) throw new DomainError('VERSION_MISMATCH');
}

const PUBLIC_CACHE = 'daraa:public-cache';

/** The weak entity tag of a body. */
export function weakTagOf(body: string): string {
  return `W/"${createHash('sha1').update(body).digest('base64url')}"`;
}

function isKnown(request: HttpRequest, tag: string): boolean {
  const known = headerOf(request, 'if-none-match');
  return known !== undefined && known.split(',').some((one) => one.trim() === tag || one.trim() === '*');
}

@Injectable()
class PublicCacheInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const seconds = Reflect.getMetadata(PUBLIC_CACHE, context.getHandler()) as number;
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    return next.handle().pipe(
      map((value: unknown) => {
        const body = JSON.stringify(envelopeOf(value));
        const tag = weakTagOf(body);
        const headers = { 'Cache-Control': `public, max-age=${seconds}`, ETag: tag, Vary: 'Accept-Language, Accept-Encoding' };
        return isKnown(request, tag)
          ? new SerialisedReply(304, '', headers)
          : new SerialisedReply(http.getResponse<HttpReply>().statusCode, body, headers);
      }),
    );
  }
}

/** Lets everybody keep the answer for `seconds`, and asks with its weak ETag afterwards (304 when nothing has changed). */
export function PublicCache(seconds: number): MethodDecorator {
  return applyDecorators(SetMetadata(PUBLIC_CACHE, seconds), UseInterceptors(PublicCacheInterceptor));
}

@Injectable()
class RawReplyInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<RawBody> {
    return next.handle().pipe(map((value: unknown) => new RawBody(value)));
  }
}

/** Sends what the handler returns as it is, without the envelope. */
export function RawReply(): MethodDecorator {
  return UseInterceptors(RawReplyInterceptor) as MethodDecorator;
}
