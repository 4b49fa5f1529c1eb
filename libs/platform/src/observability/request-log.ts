import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { pathOf } from '../http/request-state.js';
import type { HttpReply, HttpRequest } from '../http/request-state.js';
import { runInContext } from './execution-context.js';
import { MetricsRegistry } from './metrics-registry.js';
import { StructuredLogger } from './structured-logger.js';

/** Seconds: the budgets of the response times (50 ms to 1 s) each fall on a bound. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10];

/** A read that takes longer than this (milliseconds) is worth a line. */
const SLOW_MS = 1000;

/** Addresses that machines ask every few seconds. */
const UNINTERESTING = new Set(['/health', '/ready', '/metrics']);
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Counts and times every reply (`http_requests_total`, `http_request_duration_seconds`, by method, route pattern and status)
 * and logs it without its query: what changes something and what is refused as `info`, what fails by our fault as `error`,
 * plain reads as `debug`, because a line costs a fast read a tenth of its time and the metrics have counted it.
 */
@Injectable()
export class RequestLog implements OnModuleInit {
  private readonly total;
  private readonly duration;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly logger: StructuredLogger,
    metrics: MetricsRegistry,
  ) {
    const labelNames = ['method', 'route', 'status'] as const;
    this.total = metrics.counter({ name: 'http_requests_total', help: 'Replies by method, route and status.', labelNames });
    this.duration = metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'Seconds from the request to the end of its reply.',
      labelNames,
      buckets: BUCKETS,
    });
  }

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onResponse', (request, reply, done) => {
      this.record(request, reply);
      done();
    });
  }

  private record(request: HttpRequest, reply: HttpReply): void {
    // The pattern of the route, never the address: ids in labels would grow without end.
    const route = request.routeOptions.url ?? '(none)';
    const labels = { method: request.method, route, status: reply.statusCode };
    this.total.inc(labels);
    this.duration.observe(labels, reply.elapsedTime / 1000);
    const write = (): void => this.tell(request, reply, route);
    if (request.executionContext) runInContext(request.executionContext, write);
    else write();
  }

  private tell(request: HttpRequest, reply: HttpReply, route: string): void {
    const path = pathOf(request);
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime);
    const isQuiet = UNINTERESTING.has(path) || (READS.has(request.method) && status < 400 && ms < SLOW_MS);
    const level = isQuiet ? 'debug' : status >= 500 ? 'error' : 'log';
    this.logger[level]({ message: `${request.method} ${path} ${status}`, route, status, ms }, 'Http');
  }
}
