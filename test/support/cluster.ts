import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { Violation } from '@daraa/kernel';
import {
  describeExit,
  endOfLog,
  freePort,
  type ProcessExit,
  type RunningProgram,
  startNodeProgram,
  startStripeEmulator,
  type StripeServer,
} from '@daraa/local';
import { Dispatcher, type Environment, OutboxRelay, Verification } from '@daraa/platform';
import { ApiClient } from './api-client.js';
import { BackstageModule } from './backstage.module.js';
import { freshDatabase, type FreshDatabase } from './database.js';
import { sweepLater } from './sweep-later.js';
import { startTurnstile, type Turnstile } from './turnstile.js';
import { waitUntil } from './wait-until.js';

export type ProcessName = 'api1' | 'api2' | 'worker';

const WEBHOOK_SECRET = 'whsec_cluster_under_test';
const STARTS_WITHIN_MS = 120_000;
const STOP_GRACE_MS = 15_000;
/** A relay that was killed at work is followed by another after the half minute of its lease. */
const SETTLES_WITHIN_MS = 60_000;

/** Two processes of the API and a worker as they are in production: own processes on one database, one Redis and one Stripe. */
export class Cluster {
  private readonly running = new Map<ProcessName, RunningProgram>();
  private readonly stops: (() => Promise<unknown>)[] = [];
  private environment: Record<string, string> = {};
  private ports: Readonly<Record<ProcessName, number>> = { api1: 0, api2: 0, worker: 0 };
  private logs = '';
  private context: INestApplicationContext | undefined;
  private emulator: StripeServer | undefined;

  private constructor(
    private readonly database: FreshDatabase,
    private readonly overrides: () => Partial<Environment>,
  ) {}

  /** A cluster for the tests of one file: started before them, stopped after them. `overrides` are asked for at the start. */
  static use(overrides: () => Partial<Environment> = () => ({})): Cluster {
    const cluster = new Cluster(freshDatabase(), overrides);
    beforeAll(() => cluster.startAll(), STARTS_WITHIN_MS);
    afterAll(() => cluster.stopAll(), STOP_GRACE_MS * 4);
    return cluster;
  }

  /** The contexts in this process, to set the scene and to look at what became of it. */
  get api(): INestApplicationContext {
    if (!this.context) throw new Error('The cluster is not running.');
    return this.context;
  }

  get stripe(): StripeServer {
    if (!this.emulator) throw new Error('The cluster is not running.');
    return this.emulator;
  }

  get mongo(): Connection {
    return this.api.get<Connection>(getConnectionToken());
  }

  /** The addresses of the API's processes. */
  get urls(): readonly [string, string] {
    return [`http://127.0.0.1:${this.ports.api1}`, `http://127.0.0.1:${this.ports.api2}`];
  }

  /** Somebody who is not logged in, at the first process. */
  get guest(): ApiClient {
    return new ApiClient(this.urls[0]);
  }

  /** Starts a process; an API resolves when it is ready. */
  async start(name: ProcessName): Promise<void> {
    const app = name === 'worker' ? 'worker' : 'api';
    const program = await startNodeProgram(
      { name, script: path.resolve(`dist/apps/${app}/src/main.js`) },
      { env: { ...this.environment, PORT: String(this.ports[name]) }, logFile: this.logOf(name), stopGraceMs: STOP_GRACE_MS },
    );
    this.running.set(name, program);
    if (app === 'worker') return;
    let ended: ProcessExit | undefined;
    void program.exited.then((exit) => (ended = exit));
    const url = `http://127.0.0.1:${this.ports[name]}/ready`;
    const isReady = () => ended !== undefined || fetch(url).then((answer) => answer.ok);
    await waitUntil(isReady, { within: STARTS_WITHIN_MS, describe: `${name} is ready` });
    if (ended) throw new Error(`${name} did not start (${describeExit(ended)}):\n${await endOfLog(this.logOf(name))}`);
  }

  /** Sends a process a signal and resolves with how it ended. */
  async kill(name: ProcessName, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<ProcessExit> {
    const program = this.running.get(name);
    if (program?.pid === undefined) throw new Error(`${name} is not running.`);
    this.running.delete(name);
    process.kill(program.pid, signal);
    return program.exited;
  }

  /** Kills a process and starts it again at once. */
  async restart(name: ProcessName): Promise<void> {
    await this.kill(name);
    await this.start(name);
  }

  /** Resolves when every event that was written is handled, by whichever process. */
  async settled(): Promise<void> {
    const relay = this.api.get(OutboxRelay, { strict: false });
    await this.api.get(Dispatcher, { strict: false }).idle();
    await waitUntil(async () => (await relay.oldest()) === undefined, {
      within: SETTLES_WITHIN_MS,
      describe: 'the relay has delivered all events',
    });
  }

  /** Runs sweeps as if it were so many minutes later. */
  async sweepLater(minutes: number, names: readonly string[]): Promise<void> {
    await sweepLater(this.environment, minutes, names);
    await this.settled();
  }

  /** What `daraa verify` would say of the database as it stands, and events that nobody could handle. */
  async faults(): Promise<(Violation | string)[]> {
    const results = await this.api.get(Verification, { strict: false }).run({ secondReadingAfterMs: 0 });
    const parked = await this.mongo.collection('parked_events').find().toArray();
    return [...results.flatMap((result) => result.violations), ...parked.map((entry) => `parked: ${JSON.stringify(entry)}`)];
  }

  /** The ends of what the processes have logged. */
  async logTails(): Promise<string> {
    const names: readonly ProcessName[] = ['api1', 'api2', 'worker'];
    const tails = await Promise.all(names.map(async (name) => `── ${name}\n${await endOfLog(this.logOf(name), 40)}`));
    return tails.join('\n');
  }

  private async startAll(): Promise<void> {
    this.ports = { api1: await freePort(), api2: await freePort(), worker: 0 };
    this.logs = await mkdtemp(path.join(tmpdir(), 'daraa-cluster-'));
    this.stops.push(() => rm(this.logs, { recursive: true, force: true }));
    const turnstile: Turnstile = await startTurnstile(this.urls);
    this.stops.push(() => turnstile.stop());
    const webhookUrl = `${turnstile.url}/api/v1/webhooks/stripe`;
    // What a killed process did not accept must not keep a test waiting for Stripe's usual half minute.
    const webhookRetryDelays = Array.from({ length: 60 }, () => 500);
    this.emulator = await startStripeEmulator({ webhookUrl, webhookSecret: WEBHOOK_SECRET, webhookRetryDelays });
    this.stops.push(() => this.stripe.stop());
    this.environment = this.environmentOf(this.emulator);
    // The contexts in this process read the environment themselves.
    Object.assign(process.env, this.environment);
    this.context = await NestFactory.createApplicationContext(BackstageModule, { logger: false });
    this.stops.push(() => this.api.close());
    await Promise.all((['api1', 'api2', 'worker'] as const).map((name) => this.start(name)));
  }

  private async stopAll(): Promise<void> {
    await Promise.all([...this.running.values()].map((program) => program.stop()));
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) await stop();
  }

  private environmentOf(stripe: StripeServer): Record<string, string> {
    const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const settings = {
      NODE_ENV: 'test',
      NODE_OPTIONS: '',
      MONGODB_URI: this.database.uri,
      REDIS_PREFIX: this.database.name,
      STRIPE_API_URL: stripe.url,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'error',
      IDEMPOTENCY_LEASE_MS: 2000,
      ...this.overrides(),
    };
    const asText = Object.entries(settings).map(([name, value]) => [name, String(value)]);
    return { ...Object.fromEntries(inherited), ...Object.fromEntries(asText) };
  }

  private logOf(name: ProcessName): string {
    return path.join(this.logs, `${name}.log`);
  }
}
