import { MetadataScanner } from '@nestjs/core';
import type { DiscoveryService } from '@nestjs/core';

/** A method that carries a decorator, ready to be called. */
export interface DecoratedMethod<Mark, Call> {
  readonly mark: Mark;
  /** `Class.method`, for messages. */
  readonly name: string;
  readonly call: Call;
}

/** All methods of the injectables of this process that `markOf` recognises. */
export function decoratedMethods<Mark, Call>(
  discovery: DiscoveryService,
  markOf: (method: object) => Mark | undefined,
): DecoratedMethod<Mark, Call>[] {
  const scanner = new MetadataScanner();
  const found: DecoratedMethod<Mark, Call>[] = [];
  for (const wrapper of discovery.getProviders()) {
    const instance: unknown = wrapper.isDependencyTreeStatic() ? wrapper.instance : undefined;
    if (typeof instance !== 'object' || instance === null) continue;
    const prototype: unknown = Object.getPrototypeOf(instance);
    for (const key of scanner.getAllMethodNames(prototype as object)) {
      const method: unknown = Reflect.get(instance, key);
      const mark = typeof method === 'function' ? markOf(method) : undefined;
      if (mark === undefined || typeof method !== 'function') continue;
      found.push({ mark, name: `${instance.constructor.name}.${key}`, call: method.bind(instance) as Call });
    }
  }
  return found;
}
