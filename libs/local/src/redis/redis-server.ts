import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalPlatformError } from '../local-platform-error.js';
import { cacheFolder } from '../processes/cache-folder.js';
import { describeExit, exitOf, OutputTail, type ProcessExit, type RunningProcess, stopChild } from '../processes/child-process.js';
import { endWithParent } from '../processes/end-with-parent.js';
import { freePort, requireFreePort } from '../processes/ports.js';
import { findRedis } from './find-redis.js';

const STOP_GRACE_MS = 5_000;
const POLL_MS = 20;
const PORT_FILE = 'redis.port';

/** A Redis server that was started for this platform alone. */
export interface RedisServer extends RunningProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

export interface RedisServerOptions {
  /** The folder that holds the data; created when absent. */
  dataDir: string;
  /** The loopback port; any free one when absent. */
  port?: number | undefined;
  /** Receives one line of progress for each step that takes a while. */
  report?: ((line: string) => void) | undefined;
  /** How long another Redis that is ending may still use the folder, in milliseconds; 0 when absent. */
  waitForFolderMs?: number | undefined;
}

/**
 * Starts a Redis server with an append-only file, which never evicts, and waits until it answers.
 * Installs or downloads one where the machine has none. It ends when this process dies.
 * @throws LocalPlatformError with one clear sentence when there is no server to be had, it does not start,
 *   or another one uses the folder
 */
export async function startRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  const { port, report, waitForFolderMs = 0 } = options;
  const program = await findRedis({ cacheFolder: await cacheFolder(options.dataDir), ...(report && { report }) });
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  await untilFolderIsFree(dataDir, waitForFolderMs);
  const listenOn = port || (await freePort());
  await requireFreePort(listenOn, 'Redis');
  const child = spawn(program.command, settings(dataDir, listenOn), {
    // A process group of its own: ctrl-C in the terminal must not end Redis before those that use it.
    detached: true,
    env: { ...process.env, ...program.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = new OutputTail(child);
  const exited = exitOf(child);
  endWithParent(child, exited);

  const early = await Promise.race([untilItAnswers(listenOn, child), exited]);
  if (early) {
    const reason = withoutLogPrefix(output.lastLine()) || describeExit(early);
    throw new LocalPlatformError(`Redis (${program.command}) does not start with the data in ${dataDir}: ${reason}.`);
  }
  await writeFile(path.join(dataDir, PORT_FILE), String(listenOn));
  return {
    url: `redis://127.0.0.1:${listenOn}`,
    port: listenOn,
    pid: child.pid ?? 0,
    exited,
    stop: () => stopChild(child, exited, STOP_GRACE_MS),
  };
}

function settings(dataDir: string, port: number): string[] {
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dataDir],
    ...['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--daemonize', 'no', '--loglevel', 'warning'],
  ];
}

/** Redis begins each line with its process number, role, time and level, and ends its last one with a full stop. */
function withoutLogPrefix(line: string): string {
  return line.replace(/^.*? [#*.-] /, '').replace(/\.+$/, '');
}

/** Polls until the server has read its data; ends quietly when the process does. */
async function untilItAnswers(port: number, child: ChildProcess): Promise<ProcessExit | undefined> {
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if ((await ask(port, 'PING')).startsWith('+PONG')) return undefined;
    await pause(POLL_MS);
  }
  return exitOf(child);
}

/** Redis does not lock its folder, so the server that was started last on it is asked whether it still lives. */
async function untilFolderIsFree(dataDir: string, waitMs: number): Promise<void> {
  const port = Number(await readFile(path.join(dataDir, PORT_FILE), 'utf8').catch(() => ''));
  if (!port) return;
  const deadline = Date.now() + waitMs;
  while ((await ask(port, 'CONFIG GET dir')).includes(dataDir)) {
    if (Date.now() >= deadline) {
      throw new LocalPlatformError(`The data folder ${dataDir} is in use by another Redis: stop that one or choose another folder.`);
    }
    await pause(POLL_MS);
  }
}

/** The first bytes of the answer to one command, empty when nobody listens. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (answer) => {
      resolve(answer.toString());
      socket.destroy();
    });
    socket.once('error', () => socket.destroy());
    socket.once('close', () => resolve(''));
  });
}
