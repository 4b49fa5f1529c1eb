import { request as httpRequest, Agent } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CupShelf, cupsModule } from '../../../../test/support/cups.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { createHttpApplication } from './application.js';
import { ShutdownState, stopGracefully } from './shutdown.js';

let app: NestFastifyApplication;
let shelf: CupShelf;
let port: number;
let openGate: () => void;

beforeEach(async () => {
  app = await createHttpApplication(cupsModule(), { environment: { RATE_LIMIT: 'off' }, logger: false });
  await app.listen(0, '127.0.0.1');
  shelf = app.get(CupShelf);
  port = (app.getHttpServer().address() as AddressInfo).port;
  shelf.gate = new Promise((resolve) => {
    openGate = resolve;
  });
});

afterEach(async () => {
  openGate();
  await app.close();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function get(path: string, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, ...(agent ? { agent } : {}) }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Sends bytes as they are and returns what comes back until the connection ends. */
function sendBytes(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('stopping', () => {
  it('finishes a request that runs, does its work after the reply, and accepts nothing new', async () => {
    const running = get('/api/v1/cups/slow', new Agent({ keepAlive: true }));
    await waitUntil(() => shelf.runs.length === 1);
    const stopped = stopGracefully(app);
    expect(app.get(ShutdownState).isStopping).toBe(true);
    await waitUntil(
      () =>
        get('/api/v1/cups').then(
          () => false,
          () => true,
        ),
      { describe: 'new connections are refused' },
    );
    openGate();
    const answer = await running;
    await stopped;
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close']);
    expect(shelf.afterReplies).toEqual(['slow']);
  });

  it('does not wait for connections that are only kept open', async () => {
    const agent = new Agent({ keepAlive: true });
    await get('/api/v1/cups', agent);
    const begun = Date.now();
    await stopGracefully(app);
    expect(Date.now() - begun).toBeLessThan(2_000);
    agent.destroy();
  });

  it.each([1, 2, 3])('loses no request of a client that keeps asking over the same connection (try %i)', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const outcomes: string[] = [];
    const asking = (async () => {
      while (!outcomes.includes('ECONNREFUSED')) {
        outcomes.push(
          await get('/api/v1/cups', agent).then(
            ({ status }) => String(status),
            (error: NodeJS.ErrnoException) => error.code ?? error.message,
          ),
        );
      }
    })();
    await waitUntil(() => outcomes.length > 20);
    await stopGracefully(app);
    await asking;
    expect(new Set(outcomes)).toEqual(new Set(['200', 'ECONNREFUSED']));
    agent.destroy();
  });
});

describe('a client that goes away before the reply', () => {
  it('does not keep the work after it from being done', async () => {
    const sent = httpRequest({ host: '127.0.0.1', port, path: '/api/v1/cups/slow' });
    sent.on('error', () => undefined);
    sent.end();
    await waitUntil(() => shelf.runs.length === 1);
    sent.destroy();
    await waitUntil(() => shelf.afterReplies.length === 1, { describe: 'the work is done' });
    openGate();
  });
});

describe('what is no request', () => {
  it.each([
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['garbage', 'NONSENSE\r\n\r\n', 400, 'BAD_URL'],
  ])('is answered in the envelope, and the connection is closed: %s', async (_name, bytes, status, code) => {
    const answer = await sendBytes(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [, body = ''] = answer.split('\r\n\r\n');
    expect(JSON.parse(body)).toMatchObject({ success: false, error: { code, details: [], requestId: expect.any(String) } });
  });
});
