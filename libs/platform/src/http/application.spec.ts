import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createHmac } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CUP_ID, CupShelf, cupsModule, seen } from '../../../../test/support/cups.js';
import { createHttpApplication } from './application.js';

let app: NestFastifyApplication;
let shelf: CupShelf;

beforeAll(async () => {
  app = await createHttpApplication(cupsModule(), {
    environment: { RATE_LIMIT: 'off', CORS_ORIGINS: 'https://daraa.example' },
    logger: false,
  });
  await app.init();
  shelf = app.get(CupShelf);
});

afterAll(() => app.close());

const order = '/api/v1/cups/contexts';

function post(payload: string | object, headers: Record<string, string> = { 'content-type': 'application/json' }, url = order) {
  return app.inject({ method: 'POST', url, payload, headers });
}

describe('an answer', () => {
  it('comes in the envelope', async () => {
    const reply = await app.inject(`/api/v1/cups/${CUP_ID}`);
    expect(seen(reply).body).toEqual({
      success: true,
      data: { id: CUP_ID, name: { en: 'Cup' }, price: { amount: 2950, currency: 'USD' }, version: 7 },
    });
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('of a list says where the page stands', async () => {
    const { body } = seen(await app.inject('/api/v1/cups?page=2&limit=20&inStock=true'));
    expect(body).toEqual({
      success: true,
      data: [{ query: { page: 2, limit: 20, inStock: true } }],
      pagination: { page: 2, limit: 20, total: 41, totalPages: 3, hasNext: true, hasPrev: true },
    });
  });

  it('without content has no body', async () => {
    const reply = await app.inject({ method: 'DELETE', url: `/api/v1/cups/${CUP_ID}` });
    expect([reply.statusCode, reply.body]).toEqual([204, '']);
  });

  it('that is a file goes out as it is', async () => {
    const reply = await app.inject('/api/v1/cups/receipt');
    expect([reply.headers['content-type'], reply.body]).toEqual(['application/pdf', '%PDF-1.7']);
  });

  it('above 1 KB is compressed, smaller ones are not', async () => {
    const gzip = await app.inject({ url: '/api/v1/cups/large', headers: { 'accept-encoding': 'gzip' } });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(gzip.rawPayload).toString())).toEqual({ success: true, data: 'cup '.repeat(1000) });
    const brotli = await app.inject({ url: '/api/v1/cups/large', headers: { 'accept-encoding': 'br' } });
    expect(brotliDecompressSync(brotli.rawPayload).length).toBe((await app.inject('/api/v1/cups/large')).rawPayload.length);
    const small = await app.inject({ url: `/api/v1/cups/${CUP_ID}`, headers: { 'accept-encoding': 'gzip' } });
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it.each(['/api/v1/cups', '/nowhere', '/docs'])('carries the headers that protect browsers: %s', async (url) => {
    const { headers } = await app.inject(url);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('promises HTTPS in production, and only there', async () => {
    const secrets = {
      JWT_SECRET: 'j'.repeat(32),
      OTP_SECRET: 'o'.repeat(32),
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_live_1',
    };
    const environment = { ...secrets, NODE_ENV: 'production' as const, REDIS_URL: 'redis://127.0.0.1:1' };
    const production = await createHttpApplication(cupsModule(), { environment, logger: false });
    await production.init();
    const { headers } = await production.inject('/api/v1/cups');
    await production.close();
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect((await app.inject('/api/v1/cups')).headers['strict-transport-security']).toBeUndefined();
  });

  it('may be read by the origins that are named, and by no other', async () => {
    const preflight = (origin: string) =>
      app.inject({ method: 'OPTIONS', url: '/api/v1/cups', headers: { origin, 'access-control-request-method': 'POST' } });
    const ours = await preflight('https://daraa.example');
    expect([ours.statusCode, ours.headers['access-control-allow-origin']]).toEqual([204, 'https://daraa.example']);
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the request id', () => {
  it('is the one that was sent, in reply, error and context alike', async () => {
    const headers = { 'x-request-id': 'order-42_a', 'content-type': 'application/json' };
    const reply = await post({ quantity: 3 }, headers);
    expect(reply.headers['x-request-id']).toBe('order-42_a');
    expect(seen(reply).body.data).toMatchObject({ correlationId: 'order-42_a' });
    const error = await app.inject({ url: '/nowhere', headers });
    expect([error.headers['x-request-id'], error.json().error.requestId]).toEqual(['order-42_a', 'order-42_a']);
  });

  it.each(['', 'a b', 'a'.repeat(129), '<script>', 'a\tb'])('is made anew when %j was sent', async (sent) => {
    const { headers } = await app.inject({ url: '/api/v1/cups', headers: { 'x-request-id': sent } });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stands in a context of its own for each of many requests at once', async () => {
    const ids = Array.from({ length: 50 }, (_one, index) => `request-${index}`);
    const replies = await Promise.all(ids.map((id) => post({ quantity: 1 }, { 'x-request-id': id, 'content-type': 'application/json' })));
    expect(replies.map((reply) => reply.json().data.correlationId)).toEqual(ids);
  });
});

describe('work after the reply', () => {
  it('starts once the reply is sent, in the context of its request', async () => {
    shelf.afterReplies.length = 0;
    const reply = await post({ quantity: 9 }, { 'x-request-id': 'later', 'content-type': 'application/json' });
    expect(reply.json().data.ran).toEqual([]);
    expect(shelf.afterReplies).toEqual(['later 9']);
  });
});

describe('a body', () => {
  it.each([
    ['is cut off', '{"quantity":', 400, 'MALFORMED_JSON'],
    ['is no JSON', 'quantity=1', 400, 'MALFORMED_JSON'],
    ['reaches for a prototype', '{"quantity":1,"__proto__":{"admin":true}}', 400, 'MALFORMED_JSON'],
    ['reaches for a constructor', '{"quantity":1,"constructor":{"prototype":{"admin":true}}}', 400, 'MALFORMED_JSON'],
    ['names a constructor', '{"quantity":1,"constructor":1}', 400, 'VALIDATION_ERROR'],
    ['is too large', JSON.stringify({ note: 'x'.repeat(101 * 1024) }), 413, 'PAYLOAD_TOO_LARGE'],
    ['is too deep', `${'{"a":'.repeat(11)}1${'}'.repeat(11)}`, 400, 'VALIDATION_ERROR'],
    ['is absurdly deep', '['.repeat(50_000) + ']'.repeat(50_000), 400, 'VALIDATION_ERROR'],
    ['has a list that is too long', JSON.stringify({ note: Array(201).fill(1) }), 400, 'VALIDATION_ERROR'],
    ['holds NUL', '{"quantity":1,"note":"a\\u0000b"}', 400, 'VALIDATION_ERROR'],
    ['holds half a character', '{"quantity":1,"note":"\\ud800"}', 400, 'VALIDATION_ERROR'],
    ['is missing', '', 400, 'VALIDATION_ERROR'],
    ['is null', 'null', 400, 'VALIDATION_ERROR'],
    ['is a list', '[1]', 400, 'VALIDATION_ERROR'],
    ['has a field that nobody knows', '{"quantity":1,"price":0}', 400, 'VALIDATION_ERROR'],
  ])('is refused when it %s', async (_name, payload, status, code) => {
    const reply = seen(await post(payload));
    expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])(
    'is refused when it comes as %s',
    async (type) => {
      const reply = seen(await post('quantity=1', { 'content-type': type }));
      expect([reply.status, reply.body.error?.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );

  it('is refused when it lies about its length', async () => {
    const reply = seen(await post('{"quantity":1}', { 'content-type': 'application/json', 'content-length': '5' }));
    expect([reply.status, reply.body.error?.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('is not needed where nothing is read', async () => {
    const url = `/api/v1/cups/${CUP_ID}/polish`;
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(200);
    expect((await post('', { 'content-type': 'application/json' }, url)).statusCode).toBe(200);
  });

  it('of a webhook keeps its bytes, and its signature speaks for what is in it', async () => {
    const payload = '{ "id":"evt_1",  "deep":' + '{"a":'.repeat(20) + '1' + '}'.repeat(21);
    const signature = createHmac('sha256', 'cup').update(payload).digest('hex');
    const url = '/api/v1/webhooks/stripe';
    const reply = await post(payload, { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature }, url);
    expect([reply.statusCode, reply.body]).toEqual([200, '{"received":true}']);
    expect(seen(await post(payload, { 'content-type': 'application/json', 'stripe-signature': 'x' }, url)).body.error?.code).toBe(
      'INVALID_SIGNATURE',
    );
  });
});

describe('an address', () => {
  it.each([
    ['nobody knows', '/api/v1/saucers?x=1', 404, 'NOT_FOUND'],
    ['stands outside the API', '/cups', 404, 'NOT_FOUND'],
    ['has an id of another kind', '/api/v1/cups/ord_01jc4yqz8ke5f9h0mns2bvx6tw', 404, 'PRODUCT_NOT_FOUND'],
    ['has no id at all', '/api/v1/cups/%7B%22$gt%22:%22%22%7D', 404, 'PRODUCT_NOT_FOUND'],
    ['has NUL in it', '/api/v1/cups/%00', 404, 'PRODUCT_NOT_FOUND'],
    ['is badly encoded', '/api/v1/cups/%zz', 400, 'BAD_URL'],
    ['is too long', `/api/v1/cups/${'a'.repeat(500)}`, 414, 'URI_TOO_LONG'],
    ['climbs', '/api/v1/cups/..%2f..%2fetc', 404, 'PRODUCT_NOT_FOUND'],
    ['has a parameter twice', '/api/v1/cups?limit=1&limit=2', 400, 'VALIDATION_ERROR'],
    ['has brackets', '/api/v1/cups?q[$gt]=', 400, 'VALIDATION_ERROR'],
    ['has a prototype in the query', '/api/v1/cups?__proto__=1', 400, 'VALIDATION_ERROR'],
  ])('that %s is answered in the envelope', async (_name, url, status, code) => {
    const reply = await app.inject(url);
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
    expect(reply.json().error).toMatchObject({
      details: expect.any(Array),
      path: url.split('?')[0],
      requestId: reply.headers['x-request-id'],
    });
  });
});

describe('a programming error', () => {
  it('is a 500 that says nothing of what happened', async () => {
    const reply = await app.inject('/api/v1/cups/broken');
    expect([reply.statusCode, reply.json().error.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(reply.body).not.toMatch(/secret|handle|at .*\.ts/);
  });

  it('of the database being away is a 503 that says when to come again', async () => {
    shelf.failure = Object.assign(new Error('10.0.0.3:27017'), { name: 'MongoServerSelectionError' });
    const reply = await app.inject('/api/v1/cups/broken');
    shelf.failure = undefined;
    expect([reply.statusCode, reply.headers['retry-after'], reply.json().error.code]).toEqual([503, '5', 'SERVICE_UNAVAILABLE']);
  });
});

describe('the version of a resource', () => {
  const url = `/api/v1/cups/${CUP_ID}`;

  it('is its entity tag', async () => {
    expect((await app.inject(url)).headers.etag).toBe('"7"');
  });

  it.each([
    ['"7"', 200],
    ['*', 200],
    [undefined, 200],
    ['"6"', 412],
    ['7', 412],
    ['W/"7"', 412],
    ['"7", "8"', 412],
  ])('when a change names %s', async (ifMatch, status) => {
    const reply = await app.inject({ method: 'PATCH', url, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
    expect(reply.statusCode).toBe(status);
  });
});

describe('a public answer', () => {
  it('may be kept for a while, and is not sent again while it has not changed', async () => {
    const first = await app.inject('/api/v1/cups/menu');
    expect(first.headers['cache-control']).toBe('public, max-age=60');
    const tag = String(first.headers.etag);
    const again = await app.inject({ url: '/api/v1/cups/menu', headers: { 'if-none-match': `"other", ${tag}` } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
    expect((await app.inject({ url: '/api/v1/cups/menu', headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
  });
});
