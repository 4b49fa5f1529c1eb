import { type ChildProcess, spawn } from 'node:child_process';
import type { ProcessExit } from './child-process.js';

/**
 * Makes sure that a program which knows nothing of us ends when this process dies, even by `kill -9`:
 * a tiny shell holds one end of a pipe, and when the other end closes it ends the program.
 */
export function endWithParent(child: ChildProcess, exited: Promise<ProcessExit>): void {
  if (child.pid === undefined) return;
  const watch = spawn('/bin/sh', ['-c', 'read -r never; kill -TERM "$0"', String(child.pid)], {
    // A group of its own, or ctrl-C in the terminal would end the watch before what it watches.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.unref();
  // The process number may be given to another program once ours is gone, so the watch must go with it.
  void exited.then(() => watch.kill('SIGKILL'));
}
