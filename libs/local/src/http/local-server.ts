import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LocalPlatformError } from '../local-platform-error.js';

/** Answers one request; what it throws is answered with 500. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The one HTTP server of the platform's helpers. */
export interface LocalServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface LocalServerOptions {
  /** Any free port when absent. */
  port?: number | undefined;
  /** Handlers by path prefix (`/stripe`), which is removed from the URL that the handler sees. */
  routes: Readonly<Record<string, RequestHandler>>;
}

/**
 * Starts the server on the loopback address.
 * @throws LocalPlatformError when the port is taken
 */
export async function startLocalServer({ port = 0, routes }: LocalServerOptions): Promise<LocalServer> {
  const server = createServer((request, response) => {
    dispatch(routes, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new LocalPlatformError(`Port ${port} is taken by another program.`, { cause })));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function dispatch(routes: LocalServerOptions['routes'], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const prefix = Object.keys(routes).find((candidate) => url.startsWith(candidate) && /^([/?]|$)/.test(url.slice(candidate.length)));
  const handle = prefix === undefined ? undefined : routes[prefix];
  if (prefix === undefined || !handle) return sendJson(response, 404, { message: `Nothing here; try ${Object.keys(routes).join(', ')}` });
  const rest = url.slice(prefix.length);
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return handle(request, response);
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** The JSON body of a request, undefined when it is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await text(request)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
