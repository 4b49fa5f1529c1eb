import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestCounters, type Counters } from './counters.js';
import type { Faults } from './faults.js';
import { StripeApi, type ApiRequest, type WireAnswer } from './http/api.js';
import { ControlRoutes } from './http/control.js';
import { failures } from './http/errors.js';
import { routes } from './resources/routes.js';
import { StripeRuntime, type StripeEmulatorOptions } from './runtime.js';

const largestBody = 1024 * 1024;
const mountPath = '/stripe';

export interface StripeEmulator {
  /** Answers one request below the mount point, with `/stripe` in front of the path or without. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly faults: Faults;
  counters(): Counters;
  /** Stops timers and webhooks and closes the data file. */
  close(): void;
}

/** A Stripe that lives in this process. State left in `dataFile` by an earlier run is taken up again. */
export function createStripeEmulator(options: StripeEmulatorOptions): StripeEmulator {
  const runtime = new StripeRuntime(options);
  const counters = new RequestCounters(runtime.store);
  const api = new StripeApi(runtime, counters, routes);
  const control = new ControlRoutes(runtime, counters);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const received = await receive(request, options.publicUrl);
      const answer = received === undefined ? tooLarge() : (control.answer(received) ?? (await api.answer(received)));
      if (received !== undefined && runtime.faults.losesAnswer(received.method, received.path)) request.socket.destroy();
      else write(response, answer);
    } catch (error) {
      // Nobody is left to be answered: the request broke off, or its answer could not be written.
      runtime.log(`Stripe emulator: ${request.method} ${request.url} broke off: ${String(error)}`);
      request.socket.destroy();
    }
  }

  return { handle, faults: runtime.faults, counters: () => counters.read(), close: () => runtime.close() };
}

/** The request with its whole body, or undefined when that is too large. */
async function receive(request: IncomingMessage, publicUrl: string | undefined): Promise<ApiRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= largestBody) chunks.push(bytes);
  }
  if (size > largestBody) return undefined;
  const { pathname, search } = new URL(request.url ?? '/', 'http://emulator');
  return {
    method: request.method ?? 'GET',
    path: pathname.startsWith(`${mountPath}/`) ? pathname.slice(mountPath.length) : pathname,
    query: search,
    body: Buffer.concat(chunks).toString('utf8'),
    headers: request.headers,
    publicUrl: publicUrl ?? `http://${request.headers.host ?? 'localhost'}${mountPath}`,
  };
}

function tooLarge(): WireAnswer {
  const { status, error } = failures.tooLarge();
  return { status, headers: {}, body: JSON.stringify({ error }) };
}

function write(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}
