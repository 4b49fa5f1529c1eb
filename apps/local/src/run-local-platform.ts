import path from 'node:path';
import { LocalPlatformError } from '@daraa/local';
import { LocalPlatform } from './local-platform.js';
import { HELP, type LocalOptions, readOptions } from './options.js';
import type { Programs } from './programs.js';

/** Whatever still hangs then is left to end by itself, which everything started here does when this process is gone. */
const STOP_WITHIN_MS = 14_000;

/**
 * Runs the platform until SIGTERM, SIGINT or SIGHUP, or until something fails for good.
 * @returns the exit code: 0 when it was asked to stop, 1 after a failure, which is printed as one sentence
 */
export async function runLocalPlatform(args: readonly string[], programs: Programs): Promise<number> {
  const stopRequest = whenAskedToStop();
  try {
    const options = readOptions(args, process.env);
    if (options.help) {
      print(HELP);
      return 0;
    }
    return await run(options, programs, stopRequest);
  } catch (error) {
    return explain(error);
  }
}

async function run(options: LocalOptions, programs: Programs, stopRequest: Promise<void>): Promise<number> {
  let onFailure: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (onFailure = reject));
  const platform = new LocalPlatform({ ...options, programs, environment: process.env, report: print, onFailure });
  const serving = platform.start().then(async () => {
    print(summaryOf(options));
    print(`Daraa is ready on http://127.0.0.1:${options.port}`);
    await stopRequest;
  });
  const code = await Promise.race([serving, stopRequest, failed]).then(() => 0, explain);
  if (code === 0) print('stopping …');
  setTimeout(() => process.exit(code), STOP_WITHIN_MS).unref();
  await platform.stop();
  return code;
}

/** Resolves at the first signal; ctrl-C under `npm start` brings more than one, which change nothing. */
function whenAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // A terminal that was closed cannot be written to any more, which must not prevent an orderly stop.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve());
  });
}

function summaryOf({ port, localPort, dataDir, demoData, logs }: LocalOptions): string {
  const folder = path.resolve(dataDir);
  const lines = [
    '',
    'Daraa, a whole marketplace on this machine',
    `  API documentation   http://127.0.0.1:${port}/docs`,
    `  mail and SMS        http://127.0.0.1:${localPort}/inbox (?to=<mail address or phone>)`,
    `  data                ${folder} (npm start -- --fresh empties it)`,
  ];
  if (!logs) lines.push(`  logs                ${path.join(folder, 'logs')}`);
  if (demoData) {
    lines.push(
      '  demo accounts       admin@demo.daraa.test, owner1…owner5@demo.daraa.test,',
      '                      courier1…courier10@demo.daraa.test, customer1…customer20@demo.daraa.test',
      '  their password      Demo-pass-2026!',
    );
  }
  return lines.join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What we know how to say is one sentence; anything else is a defect, whose stack helps to find it. */
function explain(error: unknown): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${error instanceof LocalPlatformError ? error.message : stack}\n`);
  return 1;
}
