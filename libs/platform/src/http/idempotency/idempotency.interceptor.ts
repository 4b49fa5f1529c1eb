import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { DomainError } from '@daraa/kernel';
import { envelopeOf, SerialisedReply } from '../envelope.js';
import { asDomainError, toErrorBody } from '../errors.js';
import { headerOf } from '../request-state.js';
import type { HttpReply, HttpRequest } from '../request-state.js';
import { canonicalJson } from './canonical-json.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import type { HeldKey } from './idempotency-keys.js';
import { idempotentOptionsOf } from './idempotent-options.js';
import type { IdempotentOptions } from './idempotent-options.js';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** Refusals that say nothing about the command itself: the same key may be used again with another body. */
const NOT_KEPT = new Set([400, 401, 403, 429]);

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('base64url');
}

/** Who a key belongs to: the account, else the cart token, else the address. */
function ownerOf(request: HttpRequest): string {
  if (request.user) return `account:${request.user.accountId}`;
  const cartToken = headerOf(request, 'x-cart-token');
  return cartToken ? `cart:${cartToken}` : `ip:${request.ip}`;
}

/** Runs a command once per key, and gives everybody else the bytes of its answer. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyKeys) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const options = idempotentOptionsOf(context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const key = headerOf(request, 'idempotency-key');
    if (!options || (key === undefined && !options.required)) return next.handle();
    if (key === undefined || !PRINTABLE.test(key)) throw new DomainError('IDEMPOTENCY_KEY_REQUIRED');
    return from(this.once(request, http.getResponse<HttpReply>(), key, options, next));
  }

  private async once(
    request: HttpRequest,
    reply: HttpReply,
    key: string,
    options: IdempotentOptions,
    next: CallHandler,
  ): Promise<SerialisedReply> {
    const result = await this.keys.claim({
      id: digest(ownerOf(request), request.method, request.routeOptions.url ?? '', key),
      bodyHash: digest(canonicalJson(request.params), canonicalJson(request.body)),
      mints: options.mints,
    });
    if ('kept' in result) return new SerialisedReply(result.kept.status, result.kept.body, { 'Idempotent-Replayed': 'true' });
    const { held } = result;
    request.claim = { key, resourceId: held.resourceId, resumed: held.resumed };
    let value: unknown;
    try {
      value = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      return this.refuse(held, error, request);
    }
    return this.keep(held, reply.statusCode, JSON.stringify(envelopeOf(value)));
  }

  /** Keeps what a rule decided; gives the key back where another attempt may end differently (a lost race, a fault of ours). */
  private async refuse(held: HeldKey, error: unknown, request: HttpRequest): Promise<SerialisedReply> {
    const refusal = asDomainError(error);
    if (refusal.status >= 500 || refusal.code === 'CONFLICT') await this.giveBack(() => this.keys.release(held));
    else if (NOT_KEPT.has(refusal.status) || refusal.code === 'IDEMPOTENCY_IN_PROGRESS') await this.giveBack(() => this.keys.forget(held));
    else return this.keep(held, refusal.status, JSON.stringify(toErrorBody(refusal, request)));
    throw error;
  }

  /** The first error is the one to report; a key that cannot be given back is free once its lease has ended. */
  private async giveBack(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (asDomainError(error).code !== 'SERVICE_UNAVAILABLE') throw error;
    }
  }

  private async keep(held: HeldKey, status: number, body: string): Promise<SerialisedReply> {
    const kept = await this.keys.complete(held, { status, body });
    return new SerialisedReply(kept.status, kept.body);
  }
}
