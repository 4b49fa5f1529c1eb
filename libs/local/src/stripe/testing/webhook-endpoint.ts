import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import Stripe from 'stripe';

export interface WebhookEndpoint {
  readonly url: string;
  readonly port: number;
  /** Events whose signature the SDK has verified, in the order of their arrival. */
  readonly received: Stripe.Event[];
  /** What the SDK said of events that it did not accept. */
  readonly rejected: string[];
  /** Answers 500 to so many of the coming requests. */
  refuse(times: number): void;
  stop(): Promise<void>;
}

/** A webhook endpoint as an application would write it, on a loopback port. */
export async function startWebhookEndpoint(secret: string, port = 0): Promise<WebhookEndpoint> {
  const received: Stripe.Event[] = [];
  const rejected: string[] = [];
  let refusals = 0;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      if (refusals > 0) {
        refusals -= 1;
        response.writeHead(500).end();
        return;
      }
      try {
        received.push(Stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), secret));
        response.writeHead(200).end('{"received":true}');
      } catch (error) {
        rejected.push(String(error));
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${actualPort}/webhooks/stripe`,
    port: actualPort,
    received,
    rejected,
    refuse: (times) => {
      refusals = times;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
