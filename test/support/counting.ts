import { Injectable, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Aggregate, defineEvent } from '@daraa/kernel';
import {
  AggregatesModule,
  aggregateSchema,
  AggregateStore,
  ConfigurationModule,
  InjectStore,
  MessagingModule,
  MongoModule,
  OnDomainEvent,
} from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { NestFactory } from '@nestjs/core';

export const Counted = defineEvent<{ readonly to: number }>('testing.Counted');
export const Unheard = defineEvent<{ readonly to: number }>('testing.Unheard');

interface CounterState {
  value: number;
  note?: string;
}

/** The smallest aggregate there is: it counts, and says so. */
export class Counter extends Aggregate<CounterState> {
  static zero(id: string): Counter {
    return new Counter({ id, version: 0, state: { value: 0 } });
  }

  get value(): number {
    return this.state.value;
  }

  get note(): string | undefined {
    return this.state.note;
  }

  increment(): void {
    this.state.value += 1;
    this.record(Counted, { to: this.state.value });
    this.record(Unheard, { to: this.state.value });
  }

  annotate(note: string | undefined): void {
    if (note === undefined) delete this.state.note;
    else this.state.note = note;
  }
}

/** Two handlers of one event: one keeps what it hears, the other fails as often as it is told to. */
@Injectable()
export class Listener {
  readonly heard: EventOf<typeof Counted>[] = [];
  failuresLeft = 0;
  attempts = 0;

  @OnDomainEvent(Counted, 'testing.listen')
  async onCounted(event: EventOf<typeof Counted>): Promise<void> {
    this.heard.push(event);
    await Promise.resolve();
  }

  @OnDomainEvent(Counted, 'testing.stumble')
  async stumble(): Promise<void> {
    this.attempts += 1;
    await Promise.resolve();
    if (this.failuresLeft > 0) {
      this.failuresLeft -= 1;
      throw new Error('stumbled');
    }
  }
}

@Injectable()
export class Counters {
  constructor(@InjectStore(Counter) readonly store: AggregateStore<Counter>) {}
}

@Module({})
export class CountingModule {
  /** A process of its own, as far as MongoDB can tell, on the database at `uri`. */
  static on(uri: string): DynamicModule {
    return {
      module: CountingModule,
      imports: [
        ConfigurationModule.forRoot({ MONGODB_URI: uri }),
        MongoModule,
        MessagingModule,
        AggregatesModule.bind({ aggregate: Counter, schema: aggregateSchema('counters_under_test'), notFound: 'NOT_FOUND' }),
      ],
      providers: [Listener, Counters],
    };
  }
}

/** Starts such a process. */
export function startCounting(uri: string) {
  return NestFactory.createApplicationContext(CountingModule.on(uri), { logger: false });
}
