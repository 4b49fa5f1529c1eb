import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that was started and can be stopped. */
export interface RunningProcess {
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<ProcessExit>;
  /** Ends the process and waits until it is gone; does nothing the second time. */
  stop(): Promise<void>;
}

/** Resolves when the process has ended or could not even be started (`code` is null then). */
export function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
}

/** `exit code 1` or `signal SIGKILL`, for messages. */
export function describeExit({ code, signal }: ProcessExit): string {
  if (signal !== null) return `signal ${signal}`;
  return code === null ? 'it could not be started' : `exit code ${code}`;
}

/** Asks the process to end (SIGTERM), and kills it when it has not ended within `graceMs` milliseconds. */
export async function stopChild(child: ChildProcess, exited: Promise<ProcessExit>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}

/** Keeps the last few lines that a process wrote, to explain why it failed. */
export class OutputTail {
  private text = '';

  constructor(child: ChildProcess, private readonly longest = 2_000) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.text = (this.text + chunk).slice(-this.longest);
      });
    }
  }

  /** The last line that says something. */
  lastLine(): string {
    return this.text.trim().split('\n').at(-1)?.trim() ?? '';
  }

  toString(): string {
    return this.text.trim();
  }
}

/** Resolves once the process has been started by the system; rejects with the system's error otherwise. */
export async function spawned(child: ChildProcess): Promise<void> {
  await once(child, 'spawn');
}
