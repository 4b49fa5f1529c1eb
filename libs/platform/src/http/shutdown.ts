import { Injectable, Logger } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';

/** Running requests get this long (milliseconds) to finish; then their connections are cut. */
const FINISH_WITHIN = 10_000;
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

interface ClosableServer {
  closeAllConnections(): void;
}

/**
 * Stops an application without losing a request: says that it is not ready, accepts no new connections, finishes what runs,
 * then lets the modules close what they hold. Connections that are still busy after ten seconds are cut.
 */
export async function stopGracefully(app: INestApplication): Promise<void> {
  app.get(ShutdownState, { strict: false }).begin();
  const server = app.getHttpServer() as ClosableServer;
  const cut = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
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
