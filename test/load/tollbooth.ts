import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderCall } from './plan.js';

/** Stands before the payment provider and tells what passes. */
export interface Tollbooth {
  readonly url: string;
  onCall(listener: (call: ProviderCall) => void): void;
  stop(): Promise<void>;
}

const FORWARDED = ['authorization', 'content-type', 'idempotency-key', 'stripe-version'];

/** A proxy of the provider at `target`. */
export async function startTollbooth(target: string): Promise<Tollbooth> {
  let listener: (call: ProviderCall) => void = () => undefined;
  const server = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const { method = 'GET', url: path = '/' } = incoming;
      const headers = forwarded(incoming.headers);
      const body = await textOf(incoming);
      const reply = await new Promise<IncomingMessage>((resolve, reject) => {
        send(new URL(path, target), { method, headers }, resolve).once('error', reject).end(body);
      });
      const answer = await textOf(reply);
      listener({ method, path, headers, body, answer });
      outgoing.writeHead(reply.statusCode ?? 502, { 'content-type': 'application/json' }).end(answer);
    };
    pass().catch((error: Error) => outgoing.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onCall: (next) => (listener = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** All that a message carries. */
export async function textOf(message: IncomingMessage): Promise<string> {
  message.setEncoding('utf8');
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text;
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(FORWARDED.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
}
