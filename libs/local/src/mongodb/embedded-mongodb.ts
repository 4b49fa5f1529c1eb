import { fork } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LocalPlatformError } from '../local-platform-error.js';
import { describeExit, exitOf, OutputTail, type RunningProcess, stopChild } from '../processes/child-process.js';
import { cacheFolder } from '../processes/cache-folder.js';
import { findNativeLibrary } from './native-library.js';

const STOP_GRACE_MS = 5_000;
const LOCK_POLL_MS = 100;

/** An embedded MongoDB that runs in a process of its own. */
export interface EmbeddedMongoDb extends RunningProcess {
  /** Connection string without a database name. */
  readonly uri: string;
  readonly port: number;
  readonly pid: number;
}

export interface EmbeddedMongoDbOptions {
  /** The folder that holds the data; created when absent. */
  dataDir: string;
  /** The loopback port; any free one when absent. */
  port?: number | undefined;
  /** How long another MongoDB that is ending may still use the folder, in milliseconds; 0 when absent. */
  waitForFolderMs?: number | undefined;
}

type EngineReport = { ready: true; port: number } | { failed: 'port' | 'locked' | 'engine'; message: string };

/**
 * Starts the embedded MongoDB on a folder and waits until it answers. It ends by itself when this process dies.
 * @throws LocalPlatformError with one clear sentence when the machine has no build, the port is taken,
 *   or the folder is used by another start, not writable or damaged
 */
export async function startEmbeddedMongoDb({ dataDir, port = 0, waitForFolderMs = 0 }: EmbeddedMongoDbOptions): Promise<EmbeddedMongoDb> {
  await prepareFolder(dataDir);
  const library = await findNativeLibrary(await cacheFolder(dataDir));
  const deadline = Date.now() + waitForFolderMs;
  for (;;) {
    const outcome = await forkEngine({ dataDir, port, library });
    if (!('failed' in outcome)) return outcome;
    if (outcome.failed !== 'locked' || Date.now() >= deadline) throw new LocalPlatformError(explain(outcome, dataDir, port));
    await pause(LOCK_POLL_MS);
  }
}

type EngineFailure = Extract<EngineReport, { failed: string }>;
type EngineStart = { dataDir: string; port: number; library: string };

async function forkEngine({ dataDir, port, library }: EngineStart): Promise<EmbeddedMongoDb | EngineFailure> {
  const child = fork(fileURLToPath(new URL('./engine-process.mjs', import.meta.url)), [dataDir, String(port)], {
    // A process group of its own: ctrl-C in the terminal must not end the database before those that write to it.
    detached: true,
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', NAPI_RS_NATIVE_LIBRARY_PATH: library },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = new OutputTail(child);
  const exited = exitOf(child);
  const report = await Promise.race([
    new Promise<EngineReport>((resolve) => child.once('message', (message) => resolve(message as EngineReport))),
    exited.then((exit): EngineReport => ({ failed: 'engine', message: output.lastLine() || describeExit(exit) })),
  ]);
  if ('failed' in report) return report;
  return {
    uri: `mongodb://127.0.0.1:${report.port}/?directConnection=true`,
    port: report.port,
    pid: child.pid ?? 0,
    exited,
    stop: () => stopChild(child, exited, STOP_GRACE_MS),
  };
}

async function prepareFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LocalPlatformError(`MongoDB cannot use the data folder ${dataDir}: ${reason}.`, { cause });
  }
}

function explain(report: EngineFailure, dataDir: string, port: number): string {
  switch (report.failed) {
    case 'port':
      return `MongoDB cannot listen on port ${port}: the port is taken by another program.`;
    case 'locked':
      return `The data folder ${dataDir} is in use by another MongoDB: stop that one or choose another folder.`;
    case 'engine':
      return `MongoDB cannot open the data folder ${dataDir}, which is damaged or was written by another version (${report.message}).`;
  }
}
