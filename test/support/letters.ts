import { Injectable, Module } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectConnection } from '@nestjs/mongoose';
import {
  ConfigurationModule,
  currentContext,
  defineJob,
  JobProcessor,
  JobQueue,
  JobsModule,
  JobWorkersModule,
  MongoModule,
  ObservabilityModule,
  RedisModule,
  Sweep,
} from '@daraa/platform';
import type { Environment, ExecutionContext, JobRun } from '@daraa/platform';
import type { Connection } from 'mongoose';

// A post office that uses jobs and sweeps as a context does: what is to be sent is written to MongoDB, then enqueued.

export const SendLetter = defineJob<{ letterId: string }>('letters.send-letter', { attempts: 3, backoffMs: 20, timeoutMs: 400 });
export const SortLetters = defineJob<{ day: string }>('letters.sort-letters', { concurrency: 1 });

/** A letter as it stands in MongoDB; `copies` says how often it has gone out. */
export interface Letter {
  readonly _id: string;
  readonly state: 'due' | 'sent';
  readonly copies: number;
}

/** One attempt as the processor saw it. */
export interface SeenRun {
  readonly letterId: string;
  readonly run: JobRun;
  readonly context: ExecutionContext;
}

/** Sends letters; tests tell it what happens during an attempt. */
@Injectable()
export class PostOffice {
  readonly runs: SeenRun[] = [];
  readonly sweeps: string[] = [];
  during: (letterId: string, run: JobRun) => Promise<void> = async () => undefined;
  duringSweep: (signal: AbortSignal) => Promise<void> = async () => undefined;

  constructor(
    private readonly jobs: JobQueue,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  get letters() {
    return this.connection.collection<Letter>('letters');
  }

  async write(...ids: readonly string[]): Promise<void> {
    await this.letters.insertMany(ids.map((_id) => ({ _id, state: 'due' as const, copies: 0 })));
  }

  @JobProcessor(SendLetter)
  async send({ letterId }: { letterId: string }, run: JobRun): Promise<void> {
    this.runs.push({ letterId, run, context: currentContext() });
    await this.during(letterId, run);
    await this.letters.updateOne({ _id: letterId, state: 'due' }, { $set: { state: 'sent' }, $inc: { copies: 1 } });
  }

  @Sweep({ name: 'letters.send-due', everyMs: 300 })
  async sendDue(signal: AbortSignal): Promise<void> {
    this.sweeps.push(currentContext().correlationId);
    await this.duringSweep(signal);
    const due = await this.letters.find({ state: 'due' }).limit(200).toArray();
    await this.jobs.enqueueDue(
      SendLetter,
      due.map(({ _id }) => ({ id: _id, payload: { letterId: _id } })),
    );
  }
}

@Module({ imports: [JobsModule.register(SendLetter, SortLetters)], providers: [PostOffice], exports: [PostOffice] })
class LettersModule {}

// The same kind of job may be registered by several modules of a process.
@Module({ imports: [LettersModule, JobsModule.register(SendLetter)] })
class LetterRoot {}

function processOf(environment: Partial<Environment>, ...more: DynamicModule['imports'] & object): DynamicModule {
  const platform = [ConfigurationModule.forRoot(environment), MongoModule, RedisModule, ObservabilityModule, JobsModule];
  return { module: LetterRoot, imports: [...platform, ...more] };
}

/** A process that enqueues letters but does not send them. */
export async function startCounter(environment: Partial<Environment>): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(processOf(environment), { logger: false, abortOnError: false });
}

/** A process that sends letters. */
export async function startSorter(environment: Partial<Environment>): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(processOf(environment, JobWorkersModule), { logger: false, abortOnError: false });
}
