import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModuleRef } from '@nestjs/core';
import { accessOf } from './access.js';
import type { Access } from './access.js';
import { StoreAccess } from './ports.js';

type RouteHandler = (...given: unknown[]) => unknown;

/** One route of the application, as its controller states it. */
export interface Route {
  readonly controller: Type;
  readonly methodName: string;
  readonly handler: RouteHandler;
  /** `GET /products/:id`, for messages. */
  readonly name: string;
  readonly access: Access | undefined;
}

/** Knows all routes. The application does not start while one of them does not say who may use it. */
@Injectable()
export class Routes implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly modules: ModuleRef,
  ) {}

  all(): Route[] {
    const routes: Route[] = [];
    for (const { metatype, instance } of this.discovery.getControllers()) {
      const prototype =
        instance === undefined || instance === null ? undefined : (Object.getPrototypeOf(instance) as Record<string, RouteHandler>);
      if (typeof metatype !== 'function' || !prototype) continue;
      for (const methodName of this.scanner.getAllMethodNames(prototype)) {
        const route = routeOf(metatype as Type, prototype[methodName], methodName);
        if (route) routes.push(route);
      }
    }
    return routes;
  }

  onApplicationBootstrap(): void {
    const routes = this.all();
    const silent = routes.filter((route) => route.access === undefined);
    if (silent.length > 0) {
      throw new Error(`These routes do not say who may use them:\n  ${silent.map(describe).join('\n  ')}`);
    }
    const ofStores = routes.filter((route) => route.access?.kind === 'store');
    if (ofStores.length === 0) return;
    try {
      this.modules.get(StoreAccess, { strict: false });
    } catch (cause) {
      throw new Error(`Nothing provides StoreAccess, which ${ofStores.map(describe).join(', ')} need`, { cause });
    }
  }
}

function describe(route: Route): string {
  return `${route.name} (${route.controller.name}.${route.methodName})`;
}

function routeOf(controller: Type, handler: RouteHandler | undefined, methodName: string): Route | undefined {
  if (typeof handler !== 'function') return undefined;
  const path = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (path === undefined || method === undefined) return undefined;
  const prefix = (Reflect.getMetadata(PATH_METADATA, controller) as string | string[] | undefined) ?? '';
  const segments = [prefix, path].flatMap((part) => String(part).split('/')).filter((segment) => segment !== '');
  return {
    controller,
    methodName,
    handler,
    name: `${RequestMethod[method]} /${segments.join('/')}`,
    access: accessOf(handler, controller),
  };
}
