import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { ServicesReport } from './services-host.js';

declare global {
  // Jest loads the set-up and the tear-down as modules apart, which share nothing but this.
  var servicesHost: ChildProcess | undefined;
}

/** Starts MongoDB, Redis, the inbox and Stripe once per test run and names their addresses in the environment. */
export default async function startServices(): Promise<void> {
  if (globalThis.servicesHost) return;
  const root = process.cwd();
  const host = fork(path.join(root, 'test/support/services-host.ts'), [], {
    cwd: root,
    execArgv: ['--import', './tools/typescript.mjs', '--enable-source-maps'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  globalThis.servicesHost = host;
  const report = await new Promise<ServicesReport>((resolve) => {
    host.once('message', (message) => resolve(message as ServicesReport));
    host.once('exit', (code) => resolve({ failed: `The services of the tests ended with exit code ${code}.` }));
  });
  if ('failed' in report) throw new Error(report.failed);
  Object.assign(process.env, report.environment);
  // The host must not keep a finished test run alive.
  host.unref();
  host.channel?.unref();
}
