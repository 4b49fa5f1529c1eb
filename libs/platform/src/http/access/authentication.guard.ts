import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '@daraa/kernel';
import type { HttpRequest } from '../request-state.js';
import { accessOf } from './access.js';
import type { Caller } from './caller.js';
import { JWT_STRATEGY } from './jwt.strategy.js';

/**
 * Finds out who is asking, first of all guards. `TOKEN_EXPIRED` for a token that was ours, `UNAUTHENTICATED` for none or any other;
 * a guest passes only where the route says so.
 */
@Injectable()
export class AuthenticationGuard extends AuthGuard(JWT_STRATEGY) implements CanActivate {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = accessOf(context.getHandler(), context.getClass());
    if (access === undefined) throw new DomainError('FORBIDDEN');
    if (access.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    if (access.kind === 'optional' && request.headers.authorization === undefined) return true;
    await super.canActivate(context);
    if (request.user && request.executionContext) request.executionContext.actor = { type: 'account', id: request.user.accountId };
    return true;
  }

  override handleRequest<User = Caller>(error: unknown, user: User | false, info: unknown): User {
    if (error) throw error instanceof Error ? error : new DomainError('UNAUTHENTICATED', { cause: error });
    if (user) return user;
    throw new DomainError(info instanceof Error && info.name === 'TokenExpiredError' ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED');
  }
}
