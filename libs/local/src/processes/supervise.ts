import { setTimeout as pause } from 'node:timers/promises';
import { describeExit, type RunningProcess } from './child-process.js';

export interface Supervision {
  /** The name for messages, such as `MongoDB`. */
  name: string;
  /** Starts the process; called again each time it has ended unasked. */
  start: () => Promise<RunningProcess>;
  /** Receives one line for each unexpected end. */
  report: (line: string) => void;
  /** Called when the process could not be started again; it is not tried any more then. */
  onGivenUp: (error: Error) => void;
  /** How many starts in a row may fail, by throwing or by ending within `stableMs`; no limit when absent. */
  attempts?: number;
  /** The first wait before a new start in milliseconds; it doubles each time up to `longestWaitMs`. */
  firstWaitMs?: number;
  longestWaitMs?: number;
  /** A process that ran this long, in milliseconds, counts as healthy: the wait starts over. */
  stableMs?: number;
}

/** A process that is started again when it ends unasked. */
export interface Supervised {
  /** Ends the process for good. */
  stop(): Promise<void>;
}

/**
 * Starts a process and keeps it running, with growing waits between starts.
 * @throws whatever `start` throws the first time
 */
export async function supervise(supervision: Supervision): Promise<Supervised> {
  const supervisor = new Supervisor(supervision);
  await supervisor.begin();
  return supervisor;
}

class Supervisor implements Supervised {
  private readonly stopped = new AbortController();
  private current: RunningProcess | undefined;
  private watching: Promise<void> | undefined;

  constructor(private readonly supervision: Supervision) {}

  async begin(): Promise<void> {
    this.current = await this.supervision.start();
    this.watching = this.watch(this.current);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.current?.stop();
    await this.watching;
  }

  private async watch(first: RunningProcess): Promise<void> {
    const { name, report, onGivenUp, attempts = Infinity, firstWaitMs = 250, longestWaitMs = 10_000, stableMs = 30_000 } = this.supervision;
    let failures = 0;
    let running: RunningProcess | undefined = first;
    let reason = '';
    while (!this.stopped.signal.aborted) {
      if (running) {
        const startedAt = Date.now();
        const exit = await running.exited;
        if (this.stopped.signal.aborted) return;
        if (Date.now() - startedAt >= stableMs) failures = 0;
        reason = `ended unexpectedly (${describeExit(exit)})`;
      }
      failures++;
      if (failures > attempts) return onGivenUp(new Error(`${name} ${reason} and could not be started again`));
      const waitMs = Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
      report(`${name} ${reason}; starting it again in ${waitMs} ms`);
      await this.wait(waitMs);
      running = await this.startAgain().catch((error: unknown) => {
        reason = `does not start (${error instanceof Error ? error.message : String(error)})`;
        return undefined;
      });
    }
  }

  private async startAgain(): Promise<RunningProcess | undefined> {
    if (this.stopped.signal.aborted) return undefined;
    const started = await this.supervision.start();
    this.current = started;
    if (this.stopped.signal.aborted) await started.stop();
    return started;
  }

  private async wait(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stopped.signal }).catch((error: unknown) => {
      if (!this.stopped.signal.aborted) throw error;
    });
  }
}
