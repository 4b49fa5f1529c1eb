import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { derivedId, DomainError } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';
import { headerOf } from '../request-state.js';
import type { HttpRequest } from '../request-state.js';

export const CART_TOKEN_HEADER = 'x-cart-token';
const TOKEN = /^[A-Za-z0-9_-]{32,128}$/;
const TOKEN_BYTES = 32;
/** A token says nothing of when it was made, so the ids of guests have no time in them. */
const NO_TIME = 'guest_0000000000';

/** A guest's secret: whoever has it is the guest. It is never stored. */
export function newCartToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The id of the guest with this token, which is the id of the guest's cart as well; the token cannot be found from it. */
export function guestIdOf(cartToken: string): string {
  return derivedId('cart', NO_TIME, createHash('sha256').update(cartToken).digest('hex'));
}

/** The guest's token in `X-Cart-Token`; undefined when there is none of the right form. */
export function cartTokenOf(request: HttpRequest): string | undefined {
  const token = headerOf(request, CART_TOKEN_HEADER);
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

function buyerOf(request: HttpRequest): Actor | undefined {
  if (request.user) return { type: 'account', id: request.user.accountId };
  const token = cartTokenOf(request);
  return token === undefined ? undefined : { type: 'guest', id: guestIdOf(token) };
}

/** Who buys: the account that is logged in, else the guest of `X-Cart-Token`; `UNAUTHENTICATED` for neither. */
export const CurrentBuyer = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const buyer = buyerOf(context.switchToHttp().getRequest<HttpRequest>());
  if (!buyer) throw new DomainError('UNAUTHENTICATED', { message: 'Log in, or send the X-Cart-Token of your cart.' });
  return buyer;
});

/** Who buys, where that may be nobody yet. */
export const OptionalBuyer = createParamDecorator((_data: unknown, context: ExecutionContext): Actor | undefined =>
  buyerOf(context.switchToHttp().getRequest<HttpRequest>()),
);
