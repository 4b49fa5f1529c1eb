import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@daraa/kernel';
import { Environment } from '../config/environment.js';
import { Public } from '../http/access/access.js';
import { RawReply } from '../http/concurrency.js';
import { RateLimit } from '../http/limits/rate-limit.guard.js';
import type { HttpReply } from '../http/request-state.js';
import { Health } from './health.js';
import type { Readiness } from './health.js';
import { MetricsRegistry } from './metrics-registry.js';

/** What machines ask a process: is it alive, can it work, what has it counted. Outside `/api/v1`, without the envelope. */
@Public()
@RateLimit('none')
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly environment: Environment,
    private readonly health: Health,
    private readonly metrics: MetricsRegistry,
  ) {}

  /** Says that the process runs, whatever it needs; restarting it would not bring a database back. */
  @Get('health')
  @RawReply()
  alive(): { status: 'ok'; uptimeSeconds: number } {
    return { status: 'ok', uptimeSeconds: Math.floor(process.uptime()) };
  }

  /** 200 when requests may be sent here; 503 while the process stops, or when MongoDB or Redis does not answer. */
  @Get('ready')
  @RawReply()
  async ready(@Res({ passthrough: true }) reply: HttpReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    reply.code(readiness.status === 'ok' ? 200 : 503).header('Cache-Control', 'no-store');
    return readiness;
  }

  /** Prometheus' text format. Keep it away from the public at the proxy, or switch it off with METRICS=false. */
  @Get('metrics')
  @RawReply()
  async exposition(@Res({ passthrough: true }) reply: HttpReply): Promise<string> {
    if (!this.environment.METRICS) throw new DomainError('NOT_FOUND');
    reply.header('Content-Type', this.metrics.contentType);
    return this.metrics.exposition();
  }
}
