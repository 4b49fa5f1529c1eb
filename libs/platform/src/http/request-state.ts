import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionContext } from '../observability/execution-context.js';
import type { Caller } from './access/caller.js';
import type { Claim } from './idempotency/claim.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The context that everything done for this request shares. */
    executionContext: ExecutionContext | undefined;
    /** Who is asking, once the token is believed. */
    user: Caller | undefined;
    /** The idempotency key that this request has claimed. */
    claim: Claim | undefined;
    /** The body as it came, for routes that check a signature over it. */
    rawBody: Buffer | undefined;
  }
}

export type HttpRequest = FastifyRequest;
export type HttpReply = FastifyReply;

/** The path without the query, as errors and idempotency records name it. */
export function pathOf(request: HttpRequest): string {
  const mark = request.url.indexOf('?');
  return mark === -1 ? request.url : request.url.slice(0, mark);
}

/** The first value of a header; undefined where it is absent. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
