import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DomainError } from '@daraa/kernel';
import type { HttpRequest } from '../request-state.js';
import { accessOf } from './access.js';
import type { Access } from './access.js';
import type { Caller } from './caller.js';
import { AdminPermissions, StoreAccess } from './ports.js';

const ANY_ID = /^[a-z]{1,20}_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Lets nobody through whom the route does not name; a route that names nobody lets nobody through. */
@Injectable()
export class AuthorisationGuard implements CanActivate {
  constructor(private readonly modules: ModuleRef) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = accessOf(context.getHandler(), context.getClass());
    if (access === undefined) throw new DomainError('FORBIDDEN');
    if (access.kind === 'public' || access.kind === 'optional') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    if (!request.user) throw new DomainError('UNAUTHENTICATED');
    await this.mustPass(access, request.user, request);
    return true;
  }

  private async mustPass(access: Access, caller: Caller, request: HttpRequest): Promise<void> {
    if (access.kind === 'roles' && !access.roles.some((role) => caller.roles.includes(role))) throw new DomainError('FORBIDDEN');
    if (access.kind === 'admin') await this.mustBeAdmin(caller, access.permission);
    if (access.kind === 'store') {
      const { storeId } = request.params as { storeId?: string };
      const stores = this.modules.get(StoreAccess, { strict: false });
      const mayAct = storeId !== undefined && ANY_ID.test(storeId) && (await stores.mayAct(caller.accountId, storeId, access.permission));
      if (!mayAct) throw new DomainError('STORE_NOT_FOUND');
    }
  }

  private async mustBeAdmin(caller: Caller, permission: string): Promise<void> {
    if (!caller.roles.includes('admin')) throw new DomainError('FORBIDDEN');
    const permissions = this.portOf(AdminPermissions);
    if (permissions && !(await permissions.mayAct(caller.accountId, permission))) throw new DomainError('FORBIDDEN');
  }

  private portOf<Port>(token: abstract new (...given: never[]) => Port): Port | undefined {
    try {
      return this.modules.get<Port>(token as unknown as new () => Port, { strict: false });
    } catch {
      return undefined;
    }
  }
}
