import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { ShutdownState } from '../http/shutdown.js';
import { Health } from './health.js';
import { MetricsRegistry } from './metrics-registry.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, value: object): Answer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) });

/**
 * The three addresses that machines ask a worker, which serves no other HTTP: `/health`, `/ready` and `/metrics` on WORKER_PORT,
 * as the API has them.
 */
@Injectable()
export class WorkerHealth implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('Health');
  private server: Server | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly shutdown: ShutdownState,
    private readonly health: Health,
    private readonly metrics: MetricsRegistry,
  ) {}

  /** Rejects when the port is taken, so that two workers on one machine are noticed. */
  async onApplicationBootstrap(): Promise<void> {
    const { WORKER_PORT, HOST } = this.environment;
    if (WORKER_PORT === 0) return;
    const server = createServer((request, reply) => {
      void this.answer(request.url ?? '')
        .catch((error: unknown) => {
          this.logger.error({ message: `${request.url} failed`, error });
          return json(500, { status: 'error' });
        })
        .then(({ status, type, body }) => reply.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(WORKER_PORT, HOST, resolve);
    });
    this.server = server;
  }

  beforeApplicationShutdown(): void {
    this.shutdown.begin();
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(address: string): Promise<Answer> {
    const path = address.split('?', 1)[0];
    if (path === '/health') return json(200, { status: 'ok', uptimeSeconds: Math.floor(process.uptime()) });
    if (path === '/ready') {
      const readiness = await this.health.readiness();
      return json(readiness.status === 'ok' ? 200 : 503, readiness);
    }
    if (path === '/metrics' && this.environment.METRICS) {
      return { status: 200, type: this.metrics.contentType, body: await this.metrics.exposition() };
    }
    return json(404, { status: 'error' });
  }
}
