import { fork } from 'node:child_process';
import { access, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalPlatformError } from '../local-platform-error.js';
import { exitOf, type RunningProcess, stopChild } from './child-process.js';

/** A Node program of the platform. */
export interface NodeProgram {
  /** For messages, such as `API`. */
  name: string;
  /** The JavaScript file to run. */
  script: string;
  args?: readonly string[];
}

export interface NodeProgramOptions {
  env: Readonly<Record<string, string>>;
  /** The file that receives what the program prints; the terminal when absent. */
  logFile?: string | undefined;
  /** How long the program may take to end after SIGTERM, in milliseconds. */
  stopGraceMs: number;
}

/** A Node program that runs; a program whose number is unknown could not even be started. */
export interface RunningProgram extends RunningProcess {
  readonly pid: number | undefined;
}

/**
 * Starts a Node program that ends when this process dies.
 * @throws LocalPlatformError when the file does not exist
 */
export async function startNodeProgram({ name, script, args = [] }: NodeProgram, options: NodeProgramOptions): Promise<RunningProgram> {
  await access(script).catch((cause: unknown) => {
    throw new LocalPlatformError(`The program ${name} is missing (${script}): run \`npm run build\`.`, { cause });
  });
  // The program writes to the file itself, so that nothing it says depends on this process.
  const log = options.logFile === undefined ? undefined : await openLog(options.logFile);
  try {
    const child = fork(script, args, {
      // A process group of its own: ctrl-C must reach it once, from here, in the right order.
      detached: true,
      execArgv: ['--enable-source-maps', '--import', new URL('./end-when-orphaned.mjs', import.meta.url).href],
      env: options.env,
      stdio: ['ignore', log?.fd ?? 'inherit', log?.fd ?? 'inherit', 'ipc'],
    });
    const exited = exitOf(child);
    return { pid: child.pid, exited, stop: () => stopChild(child, exited, options.stopGraceMs) };
  } finally {
    await log?.close();
  }
}

async function openLog(file: string): Promise<Awaited<ReturnType<typeof open>>> {
  await mkdir(path.dirname(file), { recursive: true });
  return open(file, 'a');
}

/** The last lines of a log, to say why a program ended. */
export async function endOfLog(file: string, lines = 12): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
