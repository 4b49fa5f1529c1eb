import { Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { HttpReply, HttpRequest } from '../request-state.js';
import type { RateLimitName } from './policies.js';
import { RateLimits } from './rate-limits.js';

const POLICY = 'daraa:rate-limit';

/** Counts a route under a limit of its own instead of the common one; `none` for those that are never counted (health, webhooks). */
export function RateLimit(policy: RateLimitName | 'none'): ClassDecorator & MethodDecorator {
  return SetMetadata(POLICY, policy);
}

/** The limit that a route is counted under. */
export function rateLimitOf(handler: object, controller: object): RateLimitName | 'none' {
  const stated = (Reflect.getMetadata(POLICY, handler) ?? Reflect.getMetadata(POLICY, controller)) as RateLimitName | 'none' | undefined;
  return stated ?? 'default';
}

/** Counts every request, per account, else per address, and says in headers what is left. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const policy = rateLimitOf(context.getHandler(), context.getClass());
    if (policy === 'none') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const state = await this.limits.consume(policy, request.user ? `account:${request.user.accountId}` : `ip:${request.ip}`);
    if (state) {
      http
        .getResponse<HttpReply>()
        .header('X-RateLimit-Limit', String(state.limit))
        .header('X-RateLimit-Remaining', String(state.remaining))
        .header('X-RateLimit-Reset', String(state.resetSeconds));
    }
    return true;
  }
}
