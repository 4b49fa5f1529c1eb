import type { EventDefinition, RecordedEvent } from './domain-event.js';

/** An aggregate as it is stored: its id, its version and its state. */
export interface Snapshot<State extends object> {
  readonly id: string;
  readonly version: number;
  readonly state: State;
}

/**
 * One consistency boundary, one document. Subclasses keep their state private behind verbs, and note what happened with
 * `record`; the store writes state and events in one conditional write. Version 0 means: not stored yet.
 */
export abstract class Aggregate<State extends object> {
  readonly id: string;
  readonly version: number;
  protected readonly state: State;
  private readonly recorded: RecordedEvent[] = [];

  constructor(snapshot: Snapshot<State>) {
    this.id = snapshot.id;
    this.version = snapshot.version;
    this.state = snapshot.state;
  }

  /** The state to be stored. The caller must not change it. */
  snapshot(): Snapshot<State> {
    return { id: this.id, version: this.version, state: this.state };
  }

  /** The events noted so far, in order. */
  recordedEvents(): readonly RecordedEvent[] {
    return this.recorded;
  }

  protected record<Payload extends object>(definition: EventDefinition<Payload>, payload: Payload): void {
    this.recorded.push({ type: definition.type, schema: definition.schema, payload });
  }
}
