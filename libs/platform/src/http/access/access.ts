import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { Reflector } from '@nestjs/core';
import type { Role } from './caller.js';

/** What a store's staff may be allowed to do; the owner may do all of it. */
export type StorePermission = 'orders' | 'catalog' | 'inventory' | 'settings' | 'staff' | 'finance';

/** Who may use a route. Every route states exactly one of these. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'optional' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'store'; readonly permission: StorePermission }
  | { readonly kind: 'admin'; readonly permission: string };

const ACCESS = 'daraa:access';
export const BEARER = 'bearer';

type Handler = Parameters<Reflector['getAllAndOverride']>[1][number];

/** What the handler states, else what its controller states; undefined where both are silent. */
export function accessOf(handler: Handler, controller: Handler): Access | undefined {
  return (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller)) as Access | undefined;
}

function state(access: Access, ...more: (ClassDecorator & MethodDecorator)[]): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS, access), ...more);
}

/** Everybody; a token is not even looked at. */
export function Public(): ClassDecorator & MethodDecorator {
  return state({ kind: 'public' });
}

/** Guests and those who are logged in; a token that is not valid is still refused. */
export function OptionalAuthentication(): ClassDecorator & MethodDecorator {
  return state({ kind: 'optional' }, ApiSecurity({}), ApiBearerAuth(BEARER));
}

/** Everybody who is logged in. */
export function Authenticated(): ClassDecorator & MethodDecorator {
  return state({ kind: 'authenticated' }, ApiBearerAuth(BEARER));
}

/** Those who have at least one of these roles. */
export function Roles(...roles: readonly [Role, ...Role[]]): ClassDecorator & MethodDecorator {
  return state({ kind: 'roles', roles }, ApiBearerAuth(BEARER));
}

/** The owner and the staff with this permission of the store in `:storeId`; for all others there is no such store. */
export function StoreScope(permission: StorePermission): ClassDecorator & MethodDecorator {
  return state({ kind: 'store', permission }, ApiBearerAuth(BEARER));
}

/** Admins who hold this permission (`stores.approve`). */
export function AdminOnly(permission: string): ClassDecorator & MethodDecorator {
  return state({ kind: 'admin', permission }, ApiBearerAuth(BEARER));
}
