import { randomUUID } from 'node:crypto';
import { StreamableFile } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';
import type { Environment } from '../config/environment.js';
import { flushAfterReply, runInContext } from '../observability/execution-context.js';
import type { ExecutionContext } from '../observability/execution-context.js';
import { acceptJsonOnly, BODY_LIMIT } from './body.js';
import { envelopeOf, RawBody, SerialisedReply, versionTagOf } from './envelope.js';
import { answerBrokenRequest, sendError } from './errors.js';
import type { HttpReply, HttpRequest } from './request-state.js';

export const API_PREFIX = '/api/v1';
const WEBHOOKS = `${API_PREFIX}/webhooks/`;
const REQUEST_ID = /^[A-Za-z0-9_-]{1,128}$/;
/** Whoever has not said who they are; the authentication guard puts the account here. */
const GUEST: Actor = { type: 'guest', id: 'guest' };
const JSON_TYPE = 'application/json; charset=utf-8';
/** A request must have arrived within this time (milliseconds). */
const REQUEST_TIMEOUT = 60_000;

/** Fastify under Nest, with the envelope around every answer and the error envelope around everything that fails. */
export class HttpAdapter extends FastifyAdapter {
  private lastReplies = false;

  constructor(environment: Environment) {
    const proxies = environment.TRUSTED_PROXIES.split(',').flatMap((proxy) => proxy.trim() || []);
    super({
      bodyLimit: BODY_LIMIT,
      trustProxy: proxies.length > 0 ? proxies : false,
      genReqId: (raw: { headers: Record<string, string | string[] | undefined> }) => {
        const given = raw.headers['x-request-id'];
        return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
      },
      requestTimeout: REQUEST_TIMEOUT,
      // Requests that come over a kept connection while we close are still served; the reply asks to close it.
      return503OnClosing: false,
      forceCloseConnections: 'idle',
      routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
      frameworkErrors: (error: Error, request: HttpRequest, reply: HttpReply) => {
        reply.header('X-Request-ID', request.id);
        sendError(error, request, reply);
      },
      clientErrorHandler: answerBrokenRequest,
    });
    const fastify = this.getInstance<FastifyInstance>();
    acceptJsonOnly(fastify, WEBHOOKS);
    carryContext(fastify);
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.lastReplies) reply.header('Connection', 'close');
      done();
    });
  }

  /** From now on every reply asks its client to close the connection, so that none is kept open while the process stops. */
  endConnections(): void {
    this.lastReplies = true;
  }

  override beforeClose(): void {
    super.beforeClose();
    this.endConnections();
  }

  /** Nest hands every result over here; an interceptor for the envelope would make each request slower for nothing. */
  override reply(...[response, body, status]: Parameters<FastifyAdapter['reply']>): HttpReply {
    const reply = response as HttpReply;
    if (body instanceof SerialisedReply) return reply.code(body.status).headers(body.headers).type(JSON_TYPE).send(body.body);
    if (body instanceof RawBody) return super.reply(reply, body.value, status) as HttpReply;
    if (body instanceof StreamableFile || Buffer.isBuffer(body)) return super.reply(reply, body, status) as HttpReply;
    if (status !== undefined) reply.code(status);
    if (reply.statusCode === 204) return reply.send();
    const tag = versionTagOf(body);
    if (tag !== undefined) reply.header('ETag', tag);
    return reply.type(JSON_TYPE).send(JSON.stringify(envelopeOf(body)));
  }

  override setErrorHandler(_handler: Parameters<FastifyAdapter['setErrorHandler']>[0]): ReturnType<FastifyAdapter['setErrorHandler']> {
    return super.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  }

  override setNotFoundHandler(_handler: (...given: never[]) => unknown): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return super.setNotFoundHandler((request: HttpRequest, reply: HttpReply) => sendError(new DomainError('NOT_FOUND'), request, reply));
  }
}

/**
 * Gives every request its context, shared by everything that is done for it, and its id in the reply; what waited for the reply
 * starts once it is sent. Fastify binds the body parser to the flow of this hook, so the context reaches the handlers.
 */
function carryContext(fastify: FastifyInstance): void {
  fastify.decorateRequest('executionContext', undefined);
  fastify.decorateRequest('user', undefined);
  fastify.decorateRequest('claim', undefined);
  fastify.decorateRequest('rawBody', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-ID', request.id);
    const context: ExecutionContext = { correlationId: request.id, actor: GUEST, afterReply: [] };
    request.executionContext = context;
    // `close` comes after the last byte, and also when the client has gone before it.
    reply.raw.once('close', () => flushAfterReply(context));
    runInContext(context, done);
  });
}
