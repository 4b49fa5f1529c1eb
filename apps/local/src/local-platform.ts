import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  databaseOf,
  describeExit,
  endOfLog,
  LocalPlatformError,
  type LocalSecrets,
  type LocalServices,
  loadSecrets,
  type NodeProgram,
  openDataFolder,
  type ProcessExit,
  requireFreePort,
  type RunningProcess,
  startLocalServices,
  startNodeProgram,
  supervise,
  withDatabase,
} from '@daraa/local';
import type { LocalOptions } from './options.js';
import type { Programs } from './programs.js';

/** The programs get this long to end, the services after them another 5 s: together less than the 15 s promised. */
const STOP_GRACE_MS = 8_000;
const READY_WITHIN_MS = 120_000;
const READY_POLL_MS = 50;
/** What may be left of a start that was killed needs as long as an orderly stop. */
const LEFTOVERS_WITHIN_MS = 15_000;
const DATABASE = 'daraa';
/** The file in the data folder that names the addresses of a running platform. */
const RUNNING = 'running.env';

export interface LocalPlatformOptions extends LocalOptions {
  programs: Programs;
  environment: Readonly<Record<string, string | undefined>>;
  /** Receives lines of progress and of trouble. */
  report: (line: string) => void;
  /** Called when something that cannot be done without has failed for good after the start. */
  onFailure: (error: Error) => void;
}

/** The services, the API and the worker of one start, in the order in which they need each other. */
export class LocalPlatform {
  private readonly running: { stop(): Promise<void> }[] = [];
  private readonly stopping = new AbortController();
  private starting: Promise<void> | undefined;
  private logFolder = '';

  constructor(private readonly options: LocalPlatformOptions) {}

  /**
   * Starts everything and resolves when the API is ready.
   * @throws LocalPlatformError with one clear sentence when something does not start; the signal's reason when `stop` was called
   */
  start(): Promise<void> {
    this.starting = this.startInOrder();
    return this.starting;
  }

  /** Stops everything that was started, last things first. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled([this.starting]);
    for (let last = this.running.pop(); last; last = this.running.pop()) await last.stop();
  }

  private async startInOrder(): Promise<void> {
    const { options } = this;
    const folder = await openDataFolder(options.dataDir, { fresh: options.fresh });
    this.keep({ stop: () => folder.release() });
    const waitForFolderMs = folder.takenOver ? LEFTOVERS_WITHIN_MS : 0;
    await requireFreePort(options.port, 'the API (PORT)', waitForFolderMs);
    await requireFreePort(options.localPort, 'inbox and Stripe (LOCAL_PORT)', waitForFolderMs);

    options.report('starting MongoDB, Redis, mail and Stripe …');
    const secrets = await loadSecrets(path.join(folder.path, 'secrets.json'));
    const services = await this.startServices(folder.path, secrets, waitForFolderMs);
    this.logFolder = path.join(folder.path, 'logs');
    await rm(this.logFolder, { recursive: true, force: true });

    const addresses = { ...secrets, ...this.addressesOf(services) };
    await this.tellCommandLine(path.join(folder.path, RUNNING), addresses);
    const env = { ...addresses, ...this.inherited(), ...this.addressesOf(services) };
    if (options.demoData) await this.loadDemoData(env);
    options.report('starting the API and the worker …');
    await this.startPrograms(env);
  }

  /** Remembers what to stop; a start that is being stopped goes no further. */
  private keep(started: { stop(): Promise<void> }): void {
    this.running.push(started);
    this.stopping.signal.throwIfAborted();
  }

  private async startServices(dataDir: string, secrets: LocalSecrets, waitForFolderMs: number): Promise<LocalServices> {
    const { port, localPort, environment, report, onFailure } = this.options;
    const services = await startLocalServices({
      dataDir,
      ports: { http: localPort },
      webhookUrl: `http://127.0.0.1:${port}/api/v1/webhooks/stripe`,
      webhookSecret: secrets.STRIPE_WEBHOOK_SECRET,
      ...{ environment, report, onFailure, waitForFolderMs },
    });
    this.keep(services);
    return services;
  }

  /** What the programs are told about the services, whatever the environment says. */
  private addressesOf(services: LocalServices): Record<string, string> {
    const { mongodbUri } = services;
    return {
      NODE_ENV: 'development',
      PORT: String(this.options.port),
      MONGODB_URI: databaseOf(mongodbUri) ? mongodbUri : withDatabase(mongodbUri, DATABASE),
      REDIS_URL: services.redisUrl,
      SMTP_URL: services.smtpUrl,
      SMS_URL: services.smsUrl,
      STRIPE_API_URL: services.stripe.apiUrl,
      STRIPE_SECRET_KEY: 'sk_test_local_platform',
      STRIPE_WEBHOOK_SECRET: services.stripe.webhookSecret,
    };
  }

  private inherited(): Record<string, string> {
    const entries = Object.entries(this.options.environment);
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  /** Lets `npm run daraa` find this platform while it runs: its ports are others at each start. */
  private async tellCommandLine(file: string, addresses: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(addresses).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(file, lines.join(''), { mode: 0o600 });
    this.keep({ stop: () => rm(file, { force: true }) });
  }

  private async loadDemoData(env: Record<string, string>): Promise<void> {
    this.options.report('loading the demo data …');
    const { demoData } = this.options.programs;
    const seeding = await this.run(demoData, env);
    const stop = (): void => void seeding.stop();
    this.stopping.signal.addEventListener('abort', stop);
    const exit = await seeding.exited;
    this.stopping.signal.removeEventListener('abort', stop);
    this.stopping.signal.throwIfAborted();
    if (exit.code !== 0) throw await this.failureOf('The demo data could not be loaded', demoData, exit);
  }

  /** Both at once: the worker needs nothing of the API. */
  private async startPrograms(env: Record<string, string>): Promise<void> {
    const { api, worker } = this.options.programs;
    const outcomes = await Promise.allSettled([
      this.superviseProgram(worker, () => this.run(worker, env)),
      this.superviseProgram(api, () => this.runUntilReady(api, env)),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  private async superviseProgram(program: NodeProgram, start: () => Promise<RunningProcess>): Promise<void> {
    const report = (line: string): void => this.options.report(`${line}${this.seeLog(program)}`);
    this.keep(await supervise({ name: `The ${program.name}`, start, report, onGivenUp: this.options.onFailure }));
  }

  private run(program: NodeProgram, env: Record<string, string>): Promise<RunningProcess> {
    return startNodeProgram(program, { env, logFile: this.logFileOf(program), stopGraceMs: STOP_GRACE_MS });
  }

  /** An API that ends before it is ready has not started; one that is merely slow has time. */
  private async runUntilReady(api: NodeProgram, env: Record<string, string>): Promise<RunningProcess> {
    const started = await this.run(api, env);
    let ended: ProcessExit | undefined;
    void started.exited.then((exit) => (ended = exit));
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await answersOk(`http://127.0.0.1:${this.options.port}/ready`))) {
      if (ended) throw await this.failureOf('The API ended before it was ready', api, ended);
      if (this.stopping.signal.aborted || Date.now() >= deadline) {
        await started.stop();
        this.stopping.signal.throwIfAborted();
        throw new LocalPlatformError(`The API was not ready within ${READY_WITHIN_MS / 1000} s${this.seeLog(api)}.`);
      }
      await pause(READY_POLL_MS);
    }
    return started;
  }

  private logFileOf({ name }: NodeProgram): string | undefined {
    return this.options.logs ? undefined : path.join(this.logFolder, `${name.toLowerCase().replaceAll(' ', '-')}.log`);
  }

  private seeLog(program: NodeProgram): string {
    const file = this.logFileOf(program);
    return file === undefined ? '' : `, see ${file}`;
  }

  private async failureOf(what: string, program: NodeProgram, exit: ProcessExit): Promise<LocalPlatformError> {
    const file = this.logFileOf(program);
    const log = file === undefined ? '.' : `:\n${await endOfLog(file)}`;
    return new LocalPlatformError(`${what} (${describeExit(exit)})${this.seeLog(program)}${log}`);
  }
}

async function answersOk(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status === 200;
    },
    () => false,
  );
}
