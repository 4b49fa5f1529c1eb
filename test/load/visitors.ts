import { Agent, type IncomingMessage, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { Buyer } from './plan.js';
import { textOf } from './tollbooth.js';

/** What a slice of load did: how much, how much a second, and how long half of it and nearly all of it took in milliseconds. */
export interface Slice {
  readonly done: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** One visitor's requests to one side. */
export interface Client {
  send(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<string>;
}

/** Keeps `connections` connections to `baseUrl`; an answer that is an error fails the run. */
export class Visitors {
  private readonly agent: Agent;

  constructor(
    private readonly baseUrl: string,
    private readonly connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  as(token: string): Client {
    return { send: (method, path, body, headers = {}) => this.send(token, method, path, body, headers) };
  }

  /** So many visits at once, one after another, for a while; `settled` resolves when what they left behind is done. */
  async visit(milliseconds: number, oneVisit: () => Promise<number>, settled: () => Promise<void>): Promise<Slice> {
    const latencies: number[] = [];
    let done = 0;
    const start = performance.now();
    const visitor = async (): Promise<void> => {
      while (performance.now() - start < milliseconds) {
        const begun = performance.now();
        const count = await oneVisit();
        done += count;
        latencies.push(performance.now() - begun);
      }
    };
    await Promise.all(Array.from({ length: this.connections }, visitor));
    await settled();
    const perSecond = (done * 1000) / (performance.now() - start);
    return { done, perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  }

  close(): void {
    this.agent.destroy();
  }

  private async send(token: string, method: string, path: string, body: object | undefined, headers: Readonly<Record<string, string>>) {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const content = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
      const options = { method, agent: this.agent, headers: { authorization: `Bearer ${token}`, ...content, ...headers } };
      request(`${this.baseUrl}${path}`, options, resolve).once('error', reject).end(payload);
    });
    const text = await textOf(reply);
    if ((reply.statusCode ?? 500) >= 400) throw new Error(`${method} ${path} answered ${reply.statusCode}: ${text}`);
    return text;
  }
}

/** A buyer's whole order; returns 1, to count orders. */
export async function order(client: Client, { addressId }: Buyer, variantId: string): Promise<number> {
  await client.send('POST', '/cart/items', { variantId, quantity: 1 });
  await client.send('POST', '/checkout/quote', { addressId });
  const payment = { method: 'card', paymentMethodId: 'pm_card_visa' };
  const placed = await client.send('POST', '/checkout', { addressId, payment }, { 'idempotency-key': randomUUID() });
  const { data } = JSON.parse(placed) as { data: { purchase: { status: string; orders: { id: string }[] } } };
  if (data.purchase.status !== 'confirmed') throw new Error(`The purchase is ${data.purchase.status}.`);
  await client.send('GET', `/orders/${data.purchase.orders[0]?.id}`);
  return 1;
}

/** A new cart that is filled with different goods; returns how many requests that took. */
export async function fillCart(client: Client, variantIds: readonly string[]): Promise<number> {
  for (const variantId of variantIds) await client.send('POST', '/cart/items', { variantId, quantity: 1 });
  return variantIds.length;
}

/** Asks for pages without a pause, in turn. */
export async function getPages(baseUrl: string, paths: readonly string[], connections: number, seconds: number): Promise<Slice> {
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  const result = await autocannon({ url: baseUrl, connections, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers and ${result.errors} connections failed.`);
  const { p50, p99 } = result.latency;
  return { done: result.requests.total, perSecond: result.requests.total / result.duration, p50, p99 };
}

/** The value below which this share of the numbers lies. */
function percentile(numbers: readonly number[], share: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? NaN;
}
