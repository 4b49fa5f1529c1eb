import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalPlatformError } from '../local-platform-error.js';

const POLL_MS = 50;

/** A port that nobody listens on at this moment, chosen by the system. */
export function freePort(): Promise<number> {
  return bind(0, '127.0.0.1');
}

/**
 * Makes sure that a port can be listened on.
 * @param purpose who wants it, such as `the API (PORT)`
 * @param waitMs how long it may take until a program that is ending lets go of it, in milliseconds
 * @throws LocalPlatformError naming the port and its purpose when another program listens on it
 */
export async function requireFreePort(port: number, purpose: string, waitMs = 0): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      await bind(port);
      return;
    } catch (cause) {
      const why = (cause as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be used by this user' : 'is taken by another program';
      if (Date.now() >= deadline) throw new LocalPlatformError(`Port ${port} for ${purpose} ${why}: choose another port.`, { cause });
    }
    await pause(POLL_MS);
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
