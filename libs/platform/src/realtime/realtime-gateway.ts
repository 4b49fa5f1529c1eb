import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Socket } from 'socket.io';
import { DomainError } from '@daraa/kernel';
import { AccessTokens } from '../http/access/access-tokens.js';
import { SessionRevocations } from '../http/access/ports.js';
import { runInContext } from '../observability/execution-context.js';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { ClientMessages } from './client-messages.js';
import type { Connection } from './connection.js';
import { accountRoom } from './realtime.js';
import { RealtimeServer } from './realtime-server.js';
import { ConnectionRefused, refusalOf } from './replies.js';
import type { Acknowledgement } from './replies.js';
import { RoomAccess } from './room-access.js';

type Listener = (...given: unknown[]) => void;
type Client = Socket<Record<string, Listener>, Record<string, Listener>, Record<string, Listener>, Connection>;

/** Connections of one account to one process. */
export const MOST_CONNECTIONS = 10;
/** Rooms of one connection, the account's own not counted. */
export const MOST_ROOMS = 50;
/** Messages that one connection may send in ten seconds. */
export const MOST_MESSAGES = 100;
const COUNT_MS = 10_000;
/** Revoked sessions lose their connections within this time (milliseconds). */
const REVOCATION_CHECK_MS = 5000;
/** The longest time that a timer can wait (milliseconds). */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Lets clients in: socket.io on the port of the API, namespace `/realtime`, `auth: { token }`. Clients send `subscribe` and
 * `unsubscribe` with `{ room }`, and what contexts have registered; each is acknowledged in the shape of the HTTP envelope.
 */
@Injectable()
export class RealtimeGateway implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Realtime');
  private stopping = false;
  private revocationCheck: NodeJS.Timeout | undefined;

  constructor(
    private readonly server: RealtimeServer,
    private readonly adapterHost: HttpAdapterHost,
    private readonly tokens: AccessTokens,
    private readonly rooms: RoomAccess,
    private readonly messages: ClientMessages,
    metrics: MetricsRegistry,
    @Optional() @Inject(SessionRevocations) private readonly revocations?: SessionRevocations,
  ) {
    metrics.gauge({
      name: 'realtime_connections',
      help: 'Clients that are connected to this process.',
      collect: (gauge) => gauge.set(this.server.namespace.sockets.size),
    });
  }

  onApplicationBootstrap(): void {
    const { io, namespace } = this.server;
    // Everything is in the namespace; the default one would let strangers keep a connection open.
    io.use((_socket, next) => next(new ConnectionRefused(new DomainError('NOT_FOUND'))));
    namespace.use((socket, next) => next(this.refusalOf(socket)));
    namespace.on('connection', (socket) => this.welcome(socket));
    this.server.open(this.adapterHost.httpAdapter.getHttpServer() as HttpServer);
    this.revocationCheck = setInterval(() => this.dropRevoked(), REVOCATION_CHECK_MS);
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    clearInterval(this.revocationCheck);
  }

  private refusalOf(socket: Client): ConnectionRefused | undefined {
    if (this.stopping) return new ConnectionRefused(new DomainError('SERVICE_UNAVAILABLE'));
    const token: unknown = socket.handshake.auth['token'];
    const read = typeof token === 'string' ? this.tokens.readWithExpiry(token) : undefined;
    if (!read || this.revocations?.isRevoked(read.caller.sessionId, read.caller.tokenId)) {
      return new ConnectionRefused(new DomainError('UNAUTHENTICATED'));
    }
    const connections = this.server.namespace.adapter.rooms.get(accountRoom(read.caller.accountId))?.size ?? 0;
    if (connections >= MOST_CONNECTIONS) return new ConnectionRefused(new DomainError('RATE_LIMITED'));
    socket.data = { ...read, messages: 0, countedFrom: Date.now() };
    return undefined;
  }

  private welcome(socket: Client): void {
    const { caller, expiresAt } = socket.data;
    void socket.join(accountRoom(caller.accountId));
    const left = Math.min(Math.max(0, expiresAt.getTime() - Date.now()), LONGEST_TIMER_MS);
    const expiry = setTimeout(() => socket.disconnect(true), left);
    socket.on('disconnect', () => clearTimeout(expiry));
    socket.onAny((event: string, ...given: unknown[]) => void this.receive(socket, event, given));
  }

  private async receive(socket: Client, event: string, given: readonly unknown[]): Promise<void> {
    const [data] = given;
    const last = given.at(-1);
    const acknowledge = typeof last === 'function' ? (last as (answer: Acknowledgement) => void) : undefined;
    if (!this.count(socket)) {
      socket.disconnect(true);
      return;
    }
    const { accountId } = socket.data.caller;
    const answer = await runInContext({ correlationId: randomUUID(), actor: { type: 'account', id: accountId } }, async () => {
      try {
        return { success: true as const, data: (await this.answer(socket, event, data)) ?? null };
      } catch (error) {
        if (!(error instanceof DomainError)) this.logger.error({ message: `The message '${event}' failed`, error });
        return refusalOf(error);
      }
    });
    acknowledge?.(answer);
  }

  private async answer(socket: Client, event: string, data: unknown): Promise<unknown> {
    if (event === 'subscribe') return this.subscribe(socket, roomOf(data));
    if (event === 'unsubscribe') return socket.leave(roomOf(data));
    const handler = this.messages.find(event);
    if (!handler) throw new DomainError('NOT_FOUND', { message: 'There is no such message.' });
    return handler(socket.data.caller, data);
  }

  private async subscribe(socket: Client, room: string): Promise<{ room: string }> {
    // Its own id, as socket.io has it, and the account's room.
    if (socket.rooms.size >= MOST_ROOMS + 2) {
      throw new DomainError('RATE_LIMITED', { message: `A connection can be in ${MOST_ROOMS} rooms.` });
    }
    if (!(await this.rooms.mayJoin(socket.data.caller, room))) throw new DomainError('FORBIDDEN');
    await socket.join(room);
    return { room };
  }

  private count(socket: Client): boolean {
    const now = Date.now();
    if (now - socket.data.countedFrom > COUNT_MS) Object.assign(socket.data, { messages: 0, countedFrom: now });
    socket.data.messages += 1;
    return socket.data.messages <= MOST_MESSAGES;
  }

  private dropRevoked(): void {
    for (const socket of this.server.namespace.sockets.values()) {
      const { sessionId, tokenId } = socket.data.caller;
      if (this.revocations?.isRevoked(sessionId, tokenId)) socket.disconnect(true);
    }
  }
}

function roomOf(data: unknown): string {
  const room = typeof data === 'object' && data !== null && 'room' in data ? data.room : undefined;
  if (typeof room === 'string') return room;
  throw new DomainError('VALIDATION_ERROR', { details: [{ field: 'room', message: 'must be the name of a room' }] });
}
