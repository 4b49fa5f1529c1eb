import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MetricsRegistry } from './metrics-registry.js';
import type { StructuredLogger } from './structured-logger.js';
import { runInContext } from './execution-context.js';
import type { ExecutionContext } from './execution-context.js';

/** Seconds: the budgets of the response times (50 ms to 1 s) each fall on a bound. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10];

/** Slower than this (milliseconds) is worth a line whatever it was. */
const SLOW_MS = 1000;

/** Addresses that machines ask every few seconds. */
const UNINTERESTING = new Set(['/health', '/ready', '/metrics']);

/**
 * Counts and times every reply (`http_requests_total`, `http_request_duration_seconds`, by method, route pattern and status)
 * and logs it without its query: what changes something and what fails as `info`, what fails by our fault as `error`, plain reads
 * as `debug`, because writing a line costs a fast read a tenth of its time and the metrics have counted it.
 */
export function registerRequestLog(fastify: FastifyInstance, logger: StructuredLogger, metrics: MetricsRegistry): void {
  const labelNames = ['method', 'route', 'status'] as const;
  const total = metrics.counter({ name: 'http_requests_total', help: 'Replies by method, route and status.', labelNames });
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the request to the end of its reply.',
    labelNames,
    buckets: BUCKETS,
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: routeOf(request), status: reply.statusCode };
    total.inc(labels);
    duration.observe(labels, reply.elapsedTime / 1000);
    tell(logger, request, reply);
    done();
  });
}

/** The pattern of the route, never the address: ids in labels would grow without end. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}

function tell(logger: StructuredLogger, request: FastifyRequest & { executionContext?: ExecutionContext | undefined }, reply: FastifyReply): void {
  const { method } = request;
  const path = request.url.split('?', 1)[0] ?? '';
  const ms = Math.round(reply.elapsedTime);
  const status = reply.statusCode;
  const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  const isQuiet = (isRead && status < 400 && ms < SLOW_MS) || UNINTERESTING.has(path);
  const level = status >= 500 && !isQuiet ? 'error' : isQuiet ? 'debug' : 'log';
  const line = { message: `${method} ${path} ${status}`, route: routeOf(request), status, ms };
  const write = (): void => logger[level](line, 'Http');
  if (request.executionContext) runInContext(request.executionContext, write);
  else write();
}
