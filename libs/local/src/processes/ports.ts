import { createServer } from 'node:net';
import { LocalPlatformError } from '../local-platform-error.js';

/** A port that nobody listens on at this moment, chosen by the system. */
export function freePort(): Promise<number> {
  return bind(0, '127.0.0.1');
}

/**
 * Makes sure that a port can be listened on.
 * @param purpose who wants it, such as `the API (PORT)`
 * @throws LocalPlatformError naming the port and its purpose when another program listens on it
 */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  try {
    await bind(port);
  } catch (cause) {
    throw new LocalPlatformError(`Port ${port} for ${purpose} is taken by another program: stop it or choose another port.`, { cause });
  }
}

function bind(port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
