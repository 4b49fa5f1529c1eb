import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';

/**
 * Which kinds of events this process has handlers for. Remembered from the first look after the start, because Nest takes the
 * listeners away at shutdown while the last requests still write.
 */
@Injectable()
export class Subscriptions {
  private types: ReadonlySet<string> = new Set();

  constructor(private readonly emitter: EventEmitter2) {}

  has(type: string): boolean {
    if (this.types.size === 0) this.types = new Set(this.emitter.eventNames().map(String));
    return this.types.has(type);
  }

  /** True while the handlers of a kind are really attached. */
  areAttached(type: string): boolean {
    return this.emitter.listenerCount(type) > 0;
  }
}
