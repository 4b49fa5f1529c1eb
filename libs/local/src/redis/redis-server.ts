import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalPlatformError } from '../local-platform-error.js';
import { cacheFolder } from '../processes/cache-folder.js';
import { describeExit, exitOf, OutputTail, type ProcessExit, type RunningProcess, stopChild } from '../processes/child-process.js';
import { endWithParent } from '../processes/end-with-parent.js';
import { freePort } from '../processes/ports.js';
import { findRedis } from './find-redis.js';

const STOP_GRACE_MS = 10_000;
const POLL_MS = 20;

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
}

/**
 * Starts a Redis server with an append-only file, which never evicts, and waits until it answers.
 * Installs or downloads one where the machine has none. It ends when this process dies.
 * @throws LocalPlatformError with one clear sentence when there is no server to be had or it does not start
 */
export async function startRedisServer({ dataDir, port, report }: RedisServerOptions): Promise<RedisServer> {
  const program = await findRedis({ cacheFolder: await cacheFolder(dataDir), ...(report && { report }) });
  await mkdir(dataDir, { recursive: true });
  const listenOn = port || (await freePort());
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
    const reason = output.lastLine() || describeExit(early);
    throw new LocalPlatformError(`Redis (${program.command}) does not start on port ${listenOn} with ${dataDir}: ${reason}.`);
  }
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

/** Polls until the server has read its data; ends quietly when the process does. */
async function untilItAnswers(port: number, child: ChildProcess): Promise<ProcessExit | undefined> {
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if ((await ping(port)).startsWith('+PONG')) return undefined;
    await pause(POLL_MS);
  }
  return exitOf(child);
}

/** The answer to one PING, empty when nobody listens. */
function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (answer) => {
      resolve(answer.toString());
      socket.destroy();
    });
    socket.once('error', () => socket.destroy());
    socket.once('close', () => resolve(''));
  });
}
