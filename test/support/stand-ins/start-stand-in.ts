import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '@daraa/local';
import { waitUntil } from '../wait-until.js';

/** How a started platform is to differ from the others. */
export interface StandInSettings {
  dataDir: string;
  port?: number;
  localPort?: number;
  args?: string[];
  environment?: Record<string, string>;
}

/** One run of the local platform with stand-ins for its programs, in a process group of its own as a terminal makes one. */
export class StandInPlatform {
  private output = '';
  /** The exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;

  private constructor(private readonly child: ChildProcess, readonly port: number, readonly localPort: number) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exited = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  }

  static async start(settings: StandInSettings): Promise<StandInPlatform> {
    const port = settings.port ?? (await freePort());
    const localPort = settings.localPort ?? (await freePort());
    // What the test run itself was given must not decide what the platform starts.
    const { MONGODB_URI: _mongodb, REDIS_URL: _redis, NODE_ENV: _environment, NODE_OPTIONS: _options, ...inherited } = process.env;
    const own = { PORT: String(port), LOCAL_PORT: String(localPort), DARAA_DATA_DIR: settings.dataDir, ...settings.environment };
    const command = ['--import', './tools/typescript.mjs', 'test/support/stand-ins/local-platform.ts', ...(settings.args ?? [])];
    const child = spawn(process.execPath, command, { detached: true, env: { ...inherited, ...own }, stdio: ['ignore', 'pipe', 'pipe'] });
    return new StandInPlatform(child, port, localPort);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  lines(): string[] {
    return this.output.trimEnd().split('\n');
  }

  async says(text: string | RegExp): Promise<void> {
    const matches = (line: string): boolean => (typeof text === 'string' ? line === text : text.test(line));
    try {
      await waitUntil(() => this.lines().some(matches), { within: 20_000, describe: `it says ${String(text)}` });
    } catch (cause) {
      throw new Error(`it never said ${String(text)}, but:\n${this.output}`, { cause });
    }
  }

  async isReady(): Promise<void> {
    await this.says(`Daraa is ready on http://127.0.0.1:${this.port}`);
  }

  /** What the API's stand-in answers. */
  async ask<T>(path: string): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`);
    return (await response.json()) as T;
  }

  /** What the terminal does at ctrl-C: a signal to the whole process group. */
  pressCtrlC(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it in order if it still runs. */
  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.exited;
  }
}
