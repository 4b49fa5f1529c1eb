import { createServer } from 'node:http';
import { createStripeEmulator, type StripeEmulator } from './emulator.js';
import type { StripeEmulatorOptions } from './runtime.js';

export interface StripeServerOptions extends StripeEmulatorOptions {
  /** A free one is taken unless one is named. */
  port?: number;
  /** Loopback unless another address is named. */
  host?: string;
}

export interface StripeServer extends Pick<StripeEmulator, 'faults' | 'counters'> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Breaks open connections, stops webhooks and closes the data file. */
  stop(): Promise<void>;
}

/** The emulator as a server of its own, as tests use it. Rejects when the port is taken. */
export async function startStripeEmulator({ port = 0, host = '127.0.0.1', ...options }: StripeServerOptions): Promise<StripeServer> {
  const emulator = createStripeEmulator(options);
  const server = createServer((request, response) => void emulator.handle(request, response));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    emulator.close();
    throw error;
  }
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host}:${actualPort}`,
    port: actualPort,
    faults: emulator.faults,
    counters: () => emulator.counters(),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      emulator.close();
    },
  };
}
