import type { Server as HttpServer } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import type { Namespace } from 'socket.io';
import { Environment } from '../config/environment.js';
import { closeRedis, createFailFastRedis, createRedis } from '../redis/redis.js';
import type { Connection } from './connection.js';
import { accountRoom, Realtime } from './realtime.js';
import type { EmitOptions } from './realtime.js';

const NAMESPACE = '/realtime';

type Events = Record<string, (...given: unknown[]) => void>;
export type RealtimeNamespace = Namespace<Events, Events, Events, Connection>;

/**
 * socket.io with its Redis adapter: what one process emits reaches the clients of all. Only the API opens it to clients; the
 * worker's has none and just emits.
 */
@Injectable()
export class RealtimeServer extends Realtime implements BeforeApplicationShutdown, OnApplicationShutdown {
  readonly io: Server<Events, Events, Events, Connection>;
  readonly namespace: RealtimeNamespace;
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private isOpen = false;

  constructor(environment: Environment) {
    super();
    const origins = environment.CORS_ORIGINS.split(',').map((origin) => origin.trim());
    this.io = new Server({
      serveClient: false,
      // Clients send names of rooms and little else.
      maxHttpBufferSize: 16 * 1024,
      // Whoever has not shown a token by then is disconnected.
      connectTimeout: 10_000,
      cors: { origin: origins.includes('*') ? '*' : origins },
    });
    this.publisher = tolerant(createFailFastRedis(environment, 'realtime'));
    this.subscriber = tolerant(createRedis(environment, 'realtime-subscriber', { maxRetriesPerRequest: null }));
    void this.publisher.connect().catch(ignored);
    this.io.adapter(createAdapter(this.publisher, this.subscriber, { key: `${environment.REDIS_PREFIX}:realtime` }));
    this.namespace = this.io.of(NAMESPACE);
  }

  /** Lets clients connect on the port of this HTTP server. */
  open(httpServer: HttpServer): void {
    this.isOpen = true;
    this.io.attach(httpServer);
  }

  override emit(room: string, event: string, payload: object, options: EmitOptions = {}): void {
    const target = options.volatile === true ? this.namespace.volatile : this.namespace;
    target.to(room).emit(event, payload);
  }

  override removeFrom(room: string, accountId: string): void {
    this.namespace.in(accountRoom(accountId)).socketsLeave(room);
  }

  /** The HTTP server would wait for open sockets; clients connect again, to another process. */
  beforeApplicationShutdown(): void {
    this.io.local.disconnectSockets(true);
    this.namespace.local.disconnectSockets(true);
  }

  async onApplicationShutdown(): Promise<void> {
    // Without an HTTP server socket.io has no engine, which its own close expects.
    if (this.isOpen) await this.io.close();
    else await this.namespace.adapter.close();
    await Promise.all([closeRedis(this.publisher), closeRedis(this.subscriber)]);
  }
}

/** The connection's own log lines tell when Redis is away. */
function ignored(): undefined {
  return undefined;
}

/**
 * The adapter does not look at the outcome of these commands, and a rejection that nobody looks at ends the process: while
 * Redis is away, messages reach the clients of this process alone.
 */
function tolerant(redis: Redis): Redis {
  const commands = ['publish', 'subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe'] as const;
  for (const name of commands) {
    const original = redis[name].bind(redis) as (...given: unknown[]) => Promise<unknown>;
    Object.assign(redis, { [name]: (...given: unknown[]) => original(...given).catch(ignored) });
  }
  return redis;
}
