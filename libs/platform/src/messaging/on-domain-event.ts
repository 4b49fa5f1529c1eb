import { OnEvent } from '@nestjs/event-emitter';
import type { DomainEvent, EventDefinition } from '@daraa/kernel';
import type { Delivery } from './delivery.js';

type Handler<Payload extends object> = (event: DomainEvent<Payload>) => Promise<void>;

/**
 * Subscribes a method to a kind of event under a name that never changes (`inventory.commit-holds`): parked events carry it.
 * Delivery is at least once and in no order, by several processes at a time: the method must make a repeat harmless.
 */
export function OnDomainEvent<Payload extends object>(definition: EventDefinition<Payload>, handler: string) {
  return <Method extends Handler<Payload>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Method>): void => {
    const original: Handler<Payload> | undefined = descriptor.value;
    if (!original) throw new Error(`@OnDomainEvent needs a method: ${String(key)}`);
    const wrapped = async function (this: unknown, delivery: Delivery): Promise<void> {
      await delivery.run(handler, () => original.call(this, delivery.event as DomainEvent<Payload>));
    };
    // The emitter calls the method with a Delivery; the class itself, and its tests by way of the emitter, see the event.
    descriptor.value = wrapped as unknown as Method;
    // By default the emitter swallows what a listener throws; a lost failure here would be a lost fact.
    OnEvent(definition.type, { suppressErrors: false })(target, key, descriptor);
  };
}
