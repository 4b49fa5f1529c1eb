import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Connection } from 'mongoose';
import { presentContext } from '@daraa/platform';
import type { Command, Exchange, ProviderCall, Wave } from './plan.js';
import type { Tollbooth } from './tollbooth.js';

/** What the driver says to the server by itself. */
const HOUSEKEEPING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'createIndexes', 'create', 'listCollections']);
/** Node adds these by itself, or they differ each time. */
const OWN_HEADERS = new Set(['content-length', 'connection', 'date', 'keep-alive', 'x-request-id']);

type Moment = { readonly start: Command } | { readonly end: true } | { readonly call: ProviderCall } | { readonly reply: true };

interface Ongoing {
  readonly method: string;
  readonly url: string;
  readonly moments: Moment[];
  reply?: Pick<Exchange, 'status' | 'headers' | 'body'>;
}

/** Writes down what requests make an application do: visitors one request at a time, webhooks beside them. */
export class Recorder {
  private readonly exchanges = new Map<string, Ongoing>();
  private latest: Ongoing | undefined;

  /** Must be made before the application listens, and with `NODE_ENV=test`, where the driver tells its commands. */
  constructor(app: NestFastifyApplication, tollbooth: Tollbooth) {
    tollbooth.onCall((call) => this.latest?.moments.push({ call }));
    this.watchRequests(app);
    this.watchCommands(app.get<Connection>(getConnectionToken()));
  }

  /** Forgets what was recorded so far. */
  clear(): void {
    this.exchanges.clear();
  }

  /** What was recorded, in the order of the requests. */
  taken(): Exchange[] {
    return [...this.exchanges.values()].flatMap(({ method, url, moments, reply }) => {
      if (!reply) return [];
      const replyAt = moments.findIndex((moment) => 'reply' in moment);
      return [{ method, url, before: wavesOf(moments.slice(0, replyAt)), after: wavesOf(moments.slice(replyAt + 1)), ...reply }];
    });
  }

  private watchRequests(app: NestFastifyApplication): void {
    const fastify = app.getHttpAdapter().getInstance();
    fastify.addHook('onRequest', (request, _reply, done) => {
      const ongoing: Ongoing = { method: request.method, url: request.url, moments: [] };
      this.exchanges.set(request.id, ongoing);
      if (!request.url.includes('/webhooks/')) this.latest = ongoing;
      done();
    });
    fastify.addHook('onSend', (request, reply, payload, done) => {
      const ongoing = this.exchanges.get(request.id);
      const headers = Object.entries(reply.getHeaders()).filter(([name]) => !OWN_HEADERS.has(name));
      const sent = Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
      ongoing?.moments.push({ reply: true });
      if (ongoing) ongoing.reply = { status: reply.statusCode, headers: sent, body: String(payload ?? '') };
      done();
    });
  }

  private watchCommands(connection: Connection): void {
    const open = new Map<number, Ongoing>();
    const client = connection.getClient();
    client.on('commandStarted', ({ commandName, command, requestId }) => {
      const ongoing = this.exchanges.get(presentContext()?.correlationId ?? '');
      if (!ongoing || HOUSEKEEPING.has(commandName)) return;
      open.set(requestId, ongoing);
      ongoing.moments.push({ start: { name: commandName, command: withoutSession(command) } });
    });
    const end = ({ requestId }: { requestId: number }): void => {
      open.get(requestId)?.moments.push({ end: true });
      open.delete(requestId);
    };
    client.on('commandSucceeded', end);
    client.on('commandFailed', end);
  }
}

function withoutSession(command: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { lsid: _session, $db: _database, $clusterTime: _time, ...rest } = command;
  return structuredClone(rest);
}

/** Commands that began before the one before them had ended are one wave. */
function wavesOf(moments: readonly Moment[]): Wave[] {
  const waves: Wave[] = [];
  let underWay = 0;
  let together: Command[] = [];
  for (const moment of moments) {
    if ('end' in moment) underWay = Math.max(0, underWay - 1);
    if ('call' in moment) waves.push({ call: moment.call });
    if (!('start' in moment)) continue;
    if (underWay === 0) waves.push({ commands: (together = []) });
    together.push(moment.start);
    underWay += 1;
  }
  return waves;
}
