import { randomUUID } from 'node:crypto';
import { STATUS_CODES as STATUS_TEXTS } from 'node:http';
import type { Socket } from 'node:net';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { DomainError, ERROR_CATALOGUE } from '@daraa/kernel';
import type { ErrorCode, ErrorDetail } from '@daraa/kernel';
import { pathOf } from './request-state.js';
import type { HttpReply, HttpRequest } from './request-state.js';

/** The one shape of every error reply. */
export interface ErrorBody {
  readonly success: false;
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details: readonly ErrorDetail[];
    readonly timestamp: string;
    readonly path: string;
    readonly requestId: string;
    readonly data?: Readonly<Record<string, unknown>>;
  };
}

/** How long a client should wait when we do not know better. */
const RETRY_AFTER_SECONDS = 5;

const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_JSON',
  FST_ERR_BAD_URL: 'BAD_URL',
  FST_ERR_MAX_PARAM_LENGTH: 'URI_TOO_LONG',
};

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_ERROR',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  409: 'CONFLICT',
  410: 'GONE',
  412: 'VERSION_MISMATCH',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'VALIDATION_ERROR',
  429: 'RATE_LIMITED',
  431: 'HEADERS_TOO_LARGE',
  503: 'SERVICE_UNAVAILABLE',
};

/** Errors of the MongoDB driver that pass by themselves: the server is away, not the request wrong. */
const AWAY = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'DisconnectedError',
]);
/** Codes of a server that steps down, shuts down or recovers. Source: MongoDB specification "Server Discovery and Monitoring". */
const AWAY_CODES = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

function isDatabaseAway(error: Error): boolean {
  if (AWAY.has(error.name)) return true;
  if (error.name === 'MongooseError' && error.message.includes('buffering timed out')) return true;
  return error.name === 'MongoServerError' && 'code' in error && typeof error.code === 'number' && AWAY_CODES.has(error.code);
}

function isFastifyError(error: Error): error is Error & { code: string; statusCode?: number } {
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_ERR_');
}

/** The refusal that `error` means to a client; `INTERNAL_ERROR` for all that is not meant for one. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error)) return new DomainError('INTERNAL_ERROR');
  if (error instanceof HttpException) return new DomainError(codeOfStatus(error.getStatus()), { cause: error });
  if (isFastifyError(error)) {
    return new DomainError(FASTIFY_CODES[error.code] ?? codeOfStatus(error.statusCode ?? 500), { cause: error });
  }
  if (isDatabaseAway(error)) return new DomainError('SERVICE_UNAVAILABLE', { cause: error });
  return new DomainError('INTERNAL_ERROR', { cause: error });
}

function codeOfStatus(status: number): ErrorCode {
  return STATUS_CODES[status] ?? (status >= 400 && status < 500 ? 'VALIDATION_ERROR' : 'INTERNAL_ERROR');
}

/** The body that answers `error`, whatever it is: a rule's refusal as it stands, anything unexpected without a word of it. */
export function toErrorBody(error: unknown, request: HttpRequest): ErrorBody {
  const refusal = asDomainError(error);
  return {
    success: false,
    error: {
      code: refusal.code,
      message: refusal.message,
      details: refusal.details,
      timestamp: new Date().toISOString(),
      path: pathOf(request),
      requestId: request.id,
      ...(refusal.data ? { data: refusal.data } : {}),
    },
  };
}

/** Seconds for `Retry-After`; a DomainError may say them in `data.retryAfterSeconds`. */
function retryAfterOf(refusal: DomainError): number | undefined {
  const seconds = refusal.data?.['retryAfterSeconds'];
  if (typeof seconds === 'number') return Math.max(1, Math.ceil(seconds));
  return refusal.status === 429 || refusal.status === 503 ? RETRY_AFTER_SECONDS : undefined;
}

const logger = new Logger('Http');

/** Answers a request with an error; what nobody expected is logged with its stack. */
export function sendError(error: unknown, request: HttpRequest, reply: HttpReply): void {
  const refusal = asDomainError(error);
  if (refusal.status >= 500) logUnexpected(error, refusal, request);
  if (reply.sent || reply.raw.headersSent) return;
  const retryAfter = retryAfterOf(refusal);
  if (retryAfter !== undefined) reply.header('Retry-After', String(retryAfter));
  if (refusal.status === 401) reply.header('WWW-Authenticate', 'Bearer');
  reply
    .removeHeader('Content-Encoding')
    .code(refusal.status)
    .header('Cache-Control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(toErrorBody(refusal, request)));
}

function logUnexpected(error: unknown, refusal: DomainError, request: HttpRequest): void {
  const cause = error instanceof Error ? error : refusal;
  const where = `${request.method} ${pathOf(request)} (${request.id})`;
  if (refusal.status === 503) logger.warn(`${where}: ${cause.name}: ${cause.message}`);
  else logger.error(`${where}: ${cause.name}: ${cause.message}`, cause.stack);
}

/** Turns everything that a guard, pipe, interceptor or handler throws into the error envelope. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendError(error, http.getRequest<HttpRequest>(), http.getResponse<HttpReply>());
  }
}

/** Answers what is not even an HTTP request (headers too large, timeout, garbage), and closes the connection. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const code: ErrorCode =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'REQUEST_TIMEOUT' : 'BAD_URL';
  const requestId = randomUUID();
  const { status } = ERROR_CATALOGUE[code];
  const refusal = { code, message: ERROR_CATALOGUE[code].message, details: [], timestamp: new Date().toISOString(), path: '', requestId };
  const body = JSON.stringify({ success: false, error: refusal } satisfies ErrorBody);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_TEXTS[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-ID: ${requestId}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}
