import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A tiny proxy in front of several processes. */
export interface Turnstile {
  readonly url: string;
  stop(): Promise<void>;
}

/** Passes each request on to the next of the addresses in turn; 502 where that one does not answer, as a proxy would say. */
export async function startTurnstile(addresses: readonly string[]): Promise<Turnstile> {
  let turn = 0;
  const server = createServer((request, response) => {
    const address = addresses[turn++ % addresses.length];
    const passOn = async (): Promise<number> => {
      const body = await buffer(request);
      const headers = new Headers();
      for (const name of ['content-type', 'stripe-signature']) headers.set(name, String(request.headers[name]));
      const answer = await fetch(`${address}${request.url}`, { method: 'POST', headers, body });
      await answer.body?.cancel();
      return answer.status;
    };
    passOn().then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  const port = typeof listening === 'object' && listening !== null ? listening.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
