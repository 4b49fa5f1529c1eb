import fc from 'fast-check';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCOUNT_ID, cupsModule } from '../../../../test/support/cups.js';
import { AccessTokens } from './access/access-tokens.js';
import { createHttpApplication } from './application.js';

let app: NestFastifyApplication;
let headers: Record<string, string>;

beforeAll(async () => {
  app = await createHttpApplication(cupsModule(), { environment: { RATE_LIMIT: 'off' }, logger: false });
  await app.init();
  const { token } = app.get(AccessTokens).sign({ accountId: ACCOUNT_ID, roles: ['customer'], sessionId: 's', verified: true });
  headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
});

afterAll(() => app.close());

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom({ $gt: '' }, { $where: '1' }, [[[]]], 1e308, -0, '\u0000', '\ud800'),
);
const cup = fc.record(
  {
    name: fc.oneof(anything, fc.record({ en: anything, ar: anything }, { requiredKeys: [] })),
    price: fc.oneof(anything, fc.record({ amount: anything, currency: anything }, { requiredKeys: [] })),
    stock: anything,
    parts: fc.oneof(anything, fc.array(fc.record({ name: anything, then: anything, length: anything }, { requiredKeys: [] }))),
    toString: anything,
    hasOwnProperty: anything,
  },
  { requiredKeys: [] },
);

describe('whatever comes', () => {
  it('as a body is taken or refused, never a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(cup, anything), async (body) => {
        const reply = await app.inject({ method: 'POST', url: '/api/v1/cups', headers, payload: JSON.stringify(body) });
        expect([201, 400]).toContain(reply.statusCode);
      }),
      { numRuns: 500 },
    );
  });

  it('as bytes of a body is refused or taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        const reply = await app.inject({ method: 'POST', url: '/api/v1/cups', headers, payload: Buffer.from(bytes) });
        expect(reply.statusCode).toBe(400);
      }),
      { numRuns: 200 },
    );
  });

  it('as a query or in the path is taken or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('/cups?', '/cups?page=', '/cups/', '/cups?q='),
        async (text, start) => {
          const reply = await app.inject(`/api/v1${start}${encodeURIComponent(text)}`);
          expect(reply.statusCode).toBeLessThan(500);
          expect(reply.json()).toHaveProperty('success');
        },
      ),
      { numRuns: 500 },
    );
  });
});
