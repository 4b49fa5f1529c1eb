// The physical limit: bare `node:http` and the MongoDB driver, doing the reads and writes that our API was recorded doing.
// A process of its own, forked by run.ts; ends with it.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BSON, type Document, MongoClient } from 'mongodb';
import { cardOf, productOf } from './limit-views.js';
import type { Command, Exchange, Plan, Script } from './plan.js';
import { Replay, type Replayed } from './replay.js';
import { Tokens, tokensIn } from './template.js';
import { textOf } from './tollbooth.js';

/** What run.ts tells this process when it forks it. */
export interface LimitSettings {
  readonly mongodbUri: string;
  readonly providerUrl: string;
  readonly planFile: string;
  readonly port: number;
}

/** Where one visitor stands in a script. */
interface Visit {
  readonly flow: Tokens;
  next: number;
}

/** What of a recorded page cannot be found in the documents that it reads. */
interface RecordedReply {
  readonly data: { readonly createdAt?: string };
  readonly pagination?: { readonly total: number };
}

const WEBHOOKS = '/api/v1/webhooks/';

class Visits {
  private readonly visits = new Map<string, Visit>();
  private readonly byPayment = new Map<string, Visit>();
  private readonly buyers: ReadonlyMap<string, Plan['buyers'][number]>;
  /** What these were called in the recording. */
  private readonly recorded: Readonly<Record<'account' | 'book' | 'address' | 'payment', string>>;
  /** The variants in the recording, in the order in which they were asked for. */
  private readonly variants: readonly string[];

  constructor(
    readonly steps: readonly Replayed[],
    readonly webhooks: readonly Replayed[],
    exchanges: readonly Exchange[],
    buyers: Plan['buyers'],
  ) {
    this.buyers = new Map(buyers.map((buyer) => [buyer.token, buyer]));
    const all = tokensIn(BSON.EJSON.stringify(exchanges));
    const first = (prefix: string): string => all.find((token) => token.startsWith(prefix)) ?? '';
    this.recorded = { account: first('acc_'), book: first('adb_'), address: first('adr_'), payment: first('pay_') };
    this.variants = [...new Set(all.filter((token) => token.startsWith('var_')))];
  }

  /** The visit that this request goes on with, or a new one. */
  of(request: IncomingMessage, body: string): Visit {
    const token = request.headers.authorization ?? '';
    const present = this.visits.get(token);
    const visit = present && present.next < this.steps.length ? present : this.begin(token);
    const { variantId } = (body === '' ? {} : JSON.parse(body)) as { variantId?: string };
    const variant = this.variants[visit.next];
    if (variant !== undefined && variantId !== undefined) visit.flow.set(variant, variantId);
    return visit;
  }

  /** The visit whose payment the provider speaks of. */
  ofPayment(body: string): Visit | undefined {
    const paymentId = tokensIn(body).find((token) => token.startsWith('pay_'));
    return paymentId === undefined ? undefined : this.byPayment.get(paymentId);
  }

  private begin(token: string): Visit {
    const visit: Visit = { flow: new Tokens(), next: 0 };
    const buyer = this.buyers.get(token.slice('Bearer '.length));
    if (buyer) {
      visit.flow.set(this.recorded.account, buyer.accountId);
      visit.flow.set(this.recorded.book, buyer.addressBookId);
      visit.flow.set(this.recorded.address, buyer.addressId);
    }
    if (this.recorded.payment !== '') this.byPayment.set(visit.flow.of(this.recorded.payment), visit);
    this.visits.set(token, visit);
    return visit;
  }
}

const settings = JSON.parse(process.env['LIMIT_SETTINGS'] ?? '{}') as LimitSettings;
const plan = BSON.EJSON.parse(await readFile(settings.planFile, 'utf8')) as Plan;
const client = await MongoClient.connect(settings.mongodbUri, { maxPoolSize: 40, writeConcern: { w: 'majority', journal: true } });
const database = client.db();
const replay = new Replay(database, settings.providerUrl);
const scripts = new Map(Object.entries(plan.scripts).map(([name, exchanges]) => [name, visitsOf(exchanges)]));
const pages = new Map(plan.pages.map((page) => [page.url, page]));
const REPLIES = new Map(plan.pages.map((each) => [each, JSON.parse(each.body) as RecordedReply]));
const failures: string[] = [];

function visitsOf(exchanges: readonly Exchange[]): Visits {
  const webhooks = exchanges.filter((exchange) => exchange.url.startsWith(WEBHOOKS));
  const steps = exchanges.filter((exchange) => !webhooks.includes(exchange));
  const compiled = (some: readonly Exchange[]): Replayed[] => some.map((exchange) => replay.compile(exchange));
  return new Visits(compiled(steps), compiled(webhooks), exchanges, plan.buyers);
}

function send(response: ServerResponse, { status, headers }: Pick<Exchange, 'status' | 'headers'>, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** One request of a visitor, as `/<script>/api/v1/…`; what follows the reply is not waited for. */
async function visit(name: string, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const visits = scripts.get(name);
  const body = await textOf(request);
  if (!visits) throw new Error(`There is no script ${name}.`);
  if (path.startsWith(WEBHOOKS)) return webhook(visits, body, response);
  const present = visits.of(request, body);
  const step = visits.steps[present.next];
  present.next += 1;
  if (step) await answer(step, present.flow, response);
}

async function webhook(visits: Visits, body: string, response: ServerResponse): Promise<void> {
  const flow = visits.ofPayment(body)?.flow ?? new Tokens();
  const [received] = visits.webhooks;
  if (received) await answer(received, flow, response);
}

async function answer(step: Replayed, flow: Tokens, response: ServerResponse): Promise<void> {
  await step.before(flow);
  send(response, step, step.body(flow));
  await step.after(flow);
}

/** A list or a product: the recorded queries, and an answer made of what they found. */
async function page(recorded: Exchange, response: ServerResponse): Promise<void> {
  const commands = recorded.before.flatMap((wave) => ('commands' in wave ? wave.commands : []));
  const found: Document[][] = [];
  for (const command of commands) found.push(await read(command));
  const [documents = [], counted = []] = found;
  if (commands[0]?.command['find'] === 'products') {
    const createdAt = String(REPLIES.get(recorded)?.data.createdAt);
    send(response, recorded, { success: true, data: documents[0] && productOf(documents[0], createdAt) });
    return;
  }
  // Our API need not count a long list each time; nor need the limit.
  const total = Number(counted[0]?.['n'] ?? REPLIES.get(recorded)?.pagination?.total);
  const { limit, skip = 0 } = commands[0]?.command as { limit: number; skip?: number };
  const number = skip / limit + 1;
  const totalPages = Math.ceil(total / limit);
  const pagination = { page: number, limit, total, totalPages, hasNext: number < totalPages, hasPrev: number > 1 };
  send(response, recorded, { success: true, data: documents.map(cardOf), pagination });
}

function read({ name, command }: Command): Promise<Document[]> {
  const collection = database.collection(String(command[name]));
  if (name === 'aggregate') return collection.aggregate(command['pipeline'] as Document[]).toArray();
  const { filter = {}, projection, sort, skip, limit } = command as Document;
  return collection.find(filter, { projection, sort, skip, limit }).toArray();
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const known = pages.get(url);
  if (known) return page(known, response);
  if (url === '/misses') return send(response, { status: 200, headers: {} }, { missed: replay.missed, failures });
  const slash = url.indexOf('/', 1);
  return visit(url.slice(1, slash) as Script, url.slice(slash), request, response);
}

const server = createServer((request, response) => {
  serve(request, response).catch((error: Error) => {
    failures.push(String(error.stack));
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
process.once('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
server.listen(settings.port, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
