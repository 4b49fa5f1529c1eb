import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, ApiClient } from './api-client.js';

const PAUSE_MS = 100;
/** A buyer who gets no answer that stands for this long has lost it. */
const PATIENCE_MS = 60_000;

/**
 * Repeats a request, as a client does, until it gets an answer that stands: again where the connection breaks, where the server
 * fails, and where the same request is still running. Each try goes to the next address in turn.
 */
export async function persist<Data>(
  client: ApiClient,
  urls: readonly string[],
  request: (at: ApiClient) => Promise<Answer<Data>>,
): Promise<Answer<Data>> {
  const deadline = Date.now() + PATIENCE_MS;
  let last: unknown;
  for (let attempt = 0; Date.now() < deadline; attempt += 1) {
    try {
      const answer = await request(client.at(urls[attempt % urls.length] ?? client.url));
      if (!mustRepeat(answer)) return answer;
      last = answer.text;
    } catch (error) {
      if (!isBrokenConnection(error)) throw error;
      last = error;
    }
    await pause(PAUSE_MS);
  }
  throw new Error(`No answer that stands within ${PATIENCE_MS} ms; the last was ${String(last)}`, { cause: last });
}

function mustRepeat({ status, body }: Answer<unknown>): boolean {
  if (status >= 500) return true;
  return status === 409 && (body.error.code === 'IDEMPOTENCY_IN_PROGRESS' || body.error.code === 'CONFLICT');
}

/** `fetch` says so with a TypeError, which is no instance of the one that a test sees. */
function isBrokenConnection(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';
}
