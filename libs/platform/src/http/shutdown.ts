import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { HttpAdapter } from './adapter.js';

/** Running requests get this long (milliseconds) to finish; then their connections are cut. */
const FINISH_WITHIN = 10_000;
/** A request on its way gets this long (milliseconds) to arrive. */
const ARRIVE_WITHIN = 100;
/** The process is gone after this long (milliseconds), whatever still holds it. */
const EXIT_WITHIN = 14_000;

/** Whether this process is about to stop; `/ready` answers 503 from then on, so that no new work is sent here. */
@Injectable()
export class ShutdownState {
  private stopping = false;

  get isStopping(): boolean {
    return this.stopping;
  }

  begin(): void {
    this.stopping = true;
  }
}

interface ClosableServer extends NetServer {
  closeAllConnections(): void;
}

/**
 * Stops an application without losing a request: says that it is not ready; then accepts no more, finishes what runs, asks
 * every client to close its connection, and lets the modules close what they hold. What is busy after ten seconds is cut.
 */
export async function stopGracefully(app: INestApplication): Promise<void> {
  app.get(ShutdownState, { strict: false }).begin();
  const server = app.getHttpServer() as ClosableServer;
  if (server.listening) await stopListening(app, server);
  const cut = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

/**
 * Closing an HTTP server cuts connections that are idle, and with them requests on their way. So the port alone is closed first;
 * what still comes over open connections is served, and each reply ends its connection.
 */
async function stopListening(app: INestApplication, server: ClosableServer): Promise<void> {
  await wait(app.get(Environment).STOP_DELAY_MS);
  // The event loop has just taken in all connections that were waiting, so that next to none is left to be turned away.
  await nextTurn();
  NetServer.prototype.close.call(server);
  const adapter = app.getHttpAdapter();
  if (adapter instanceof HttpAdapter) adapter.endConnections();
  await wait(ARRIVE_WITHIN);
}

/** Stops the application on SIGTERM and SIGINT and ends the process: 0 when everything closed, 1 when it had to be cut off. */
export function stopOnSignals(app: INestApplication): void {
  const logger = new Logger('Shutdown');
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.log(`${signal}: finishing what runs`);
    setTimeout(() => process.exit(1), EXIT_WITHIN).unref();
    stopGracefully(app).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('The application did not close cleanly', error instanceof Error ? error.stack : String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
