import type { DomainEvent, EventDefinition } from '@daraa/kernel';

/** The events of one kind, for the parameter of a handler: `({ payload }: EventOf<typeof OrderPlaced>)`. */
export type EventOf<Definition> = Definition extends EventDefinition<infer Payload> ? DomainEvent<Payload> : never;
