import { parseArgs } from 'node:util';
import { LocalPlatformError } from '@daraa/local';

/** What a start of the local platform was asked to do. */
export interface LocalOptions {
  /** The port of the API. */
  port: number;
  /** The port of the inbox and of the Stripe emulator. */
  localPort: number;
  dataDir: string;
  /** Whether to remove the data of earlier starts. */
  fresh: boolean;
  demoData: boolean;
  /** Whether the programs write to the terminal instead of their log files. */
  logs: boolean;
  help: boolean;
}

/** What `npm start -- --help` prints. */
export const HELP = `Starts the whole marketplace on this machine: MongoDB, Redis, mail, Stripe, API, worker, demo data.

  npm start                     everything, on port 3000
  npm start -- --fresh          with empty data
  npm start -- --no-demo-data   without demo data
  npm start -- --logs           the API's and the worker's logs in the terminal

Environment: PORT (3000) of the API, LOCAL_PORT (3010) of inbox and Stripe, DARAA_DATA_DIR (.daraa),
MONGODB_URI and REDIS_URL to use servers of your own.`;

/**
 * Reads the command line and the environment.
 * @throws LocalPlatformError naming the value that is wrong
 */
export function readOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): LocalOptions {
  const { fresh, 'no-demo-data': withoutDemoData, logs, help } = parseCommandLine(args);
  if (environment['NODE_ENV'] === 'production') {
    throw new LocalPlatformError('The local platform is not for production: run `npm run start:api` and `npm run start:worker` there.');
  }
  const port = readPort('PORT', environment['PORT'], 3000);
  const localPort = readPort('LOCAL_PORT', environment['LOCAL_PORT'], 3010);
  if (port === localPort) throw new LocalPlatformError(`PORT and LOCAL_PORT are both ${port}: they must differ.`);
  return { port, localPort, dataDir: environment['DARAA_DATA_DIR'] || '.daraa', fresh, demoData: !withoutDemoData, logs, help };
}

function parseCommandLine(args: readonly string[]): Record<'fresh' | 'no-demo-data' | 'logs' | 'help', boolean> {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ args: [...args], options: { fresh: flag, 'no-demo-data': flag, logs: flag, help: flag } }).values;
  } catch (cause) {
    throw new LocalPlatformError(`${cause instanceof Error ? cause.message : String(cause)} (see \`npm start -- --help\`)`, { cause });
  }
}

function readPort(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined || value === '') return otherwise;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new LocalPlatformError(`${name} must be a port between 1 and 65535, not "${value}".`);
  }
  return port;
}
