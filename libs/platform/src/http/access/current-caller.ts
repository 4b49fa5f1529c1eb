import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import type { HttpRequest } from '../request-state.js';
import type { Caller } from './caller.js';

function callerOf(context: ExecutionContext): Caller | undefined {
  return context.switchToHttp().getRequest<HttpRequest>().user;
}

/** The caller of a route that needs one. Throws `UNAUTHENTICATED` where there is none. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context);
  if (!caller) throw new DomainError('UNAUTHENTICATED');
  return caller;
});

/** The caller, or undefined for a guest. */
export const OptionalCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller | undefined => callerOf(context));
