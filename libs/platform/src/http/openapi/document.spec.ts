import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { cupsModule } from '../../../../../test/support/cups.js';
import { createHttpApplication } from '../application.js';
import { buildOpenApiDocument } from './document.js';

let app: NestFastifyApplication;
let document: OpenAPIObject;

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: object[];
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<
    string,
    { content?: Record<string, { schema: { properties: Record<string, object> }; example?: object; examples?: object }> }
  >;
}

beforeAll(async () => {
  app = await createHttpApplication(cupsModule(), { environment: { RATE_LIMIT: 'off' }, logger: false });
  await app.init();
  document = buildOpenApiDocument(app);
});

afterAll(() => app.close());

function operation(path: string, method: 'get' | 'post' | 'patch' | 'delete'): Operation {
  return (document.paths[`/api/v1${path}`] as Record<string, Operation> | undefined)?.[method] as Operation;
}

function codes(found: Operation): string[] {
  return Object.values(found.responses).flatMap((response) => Object.keys(response.content?.['application/json']?.examples ?? {}));
}

describe('the OpenAPI document', () => {
  it('gives every operation an id, a summary, a tag and its security', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item as Record<string, Operation>));
    expect(operations.length).toBeGreaterThan(10);
    for (const found of operations) {
      expect(found).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
        tags: [expect.any(String)],
        security: expect.any(Array),
      });
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('shows the envelope around the data, with an example', () => {
    const answer = operation('/cups', 'get').responses['200']?.content?.['application/json'];
    expect(answer?.schema.properties['data']).toEqual({ type: 'array', items: { $ref: '#/components/schemas/CupView' } });
    expect(answer?.example).toMatchObject({
      success: true,
      data: [{ price: { amount: 2950, currency: 'USD' }, version: 1 }],
      pagination: { page: 1 },
    });
  });

  it('adds the errors that follow from what a route is', () => {
    expect(codes(operation('/cups', 'get'))).toEqual(['VALIDATION_ERROR', 'RATE_LIMITED', 'INTERNAL_ERROR', 'SERVICE_UNAVAILABLE']);
    expect(codes(operation('/cups', 'post'))).toEqual([
      'VALIDATION_ERROR',
      'MALFORMED_JSON',
      'UNAUTHENTICATED',
      'TOKEN_EXPIRED',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'RATE_LIMITED',
      'INTERNAL_ERROR',
      'SERVICE_UNAVAILABLE',
    ]);
    expect(codes(operation('/cups/orders', 'post')).sort()).toEqual(
      [
        'INSUFFICIENT_STOCK',
        'UNAUTHENTICATED',
        'TOKEN_EXPIRED',
        'VALIDATION_ERROR',
        'MALFORMED_JSON',
        'PAYLOAD_TOO_LARGE',
        'UNSUPPORTED_MEDIA_TYPE',
        'IDEMPOTENCY_KEY_REUSED',
        'IDEMPOTENCY_IN_PROGRESS',
        'IDEMPOTENCY_KEY_REQUIRED',
        'RATE_LIMITED',
        'INTERNAL_ERROR',
        'SERVICE_UNAVAILABLE',
      ].sort(),
    );
    expect(codes(operation('/admin/cups', 'get'))).toContain('FORBIDDEN');
    expect(codes(operation('/stores/{storeId}/cups', 'get'))).toContain('STORE_NOT_FOUND');
  });

  it('says who may use a route', () => {
    expect(operation('/cups', 'get').security).toEqual([]);
    expect(operation('/cups', 'post').security).toEqual([{ bearer: [] }]);
    expect(operation('/cups/whoever', 'get').security).toHaveLength(2);
    expect(operation('/cups/whoever', 'get').security).toEqual(expect.arrayContaining([{}, { bearer: [] }]));
  });

  it('shows parameters, headers and files', () => {
    expect(
      operation('/cups/{cupId}', 'patch')
        .parameters.map(({ name, in: place }) => `${place} ${name}`)
        .sort(),
    ).toEqual(['header If-Match', 'path cupId']);
    expect(operation('/cups/orders', 'post').parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: true }]);
    expect(Object.keys(operation('/cups/receipt', 'get').responses['200']?.content ?? {})).toEqual(['application/pdf']);
    expect(operation('/cups/{cupId}', 'delete').responses['204']?.content).toBeUndefined();
  });

  it('states the shape of fields, and that bodies take no others', () => {
    expect(document.components?.schemas?.['AddCupDto']).toMatchObject({
      required: ['name', 'price'],
      additionalProperties: false,
      properties: {
        name: { type: 'object', required: ['en'], additionalProperties: false },
        price: { $ref: '#/components/schemas/Money' },
        stock: { type: 'integer', minimum: 0, maximum: 1000 },
        parts: { type: 'array', maxItems: 5, items: { $ref: '#/components/schemas/PartDto' } },
      },
    });
    expect(document.components?.schemas?.['PartDto']).toMatchObject({ additionalProperties: false });
  });

  it('is the same when it is built again', () => {
    expect(buildOpenApiDocument(app)).toEqual(document);
  });

  it('is served with Swagger UI, from this machine alone', async () => {
    expect((await app.inject('/docs/openapi.json')).json().paths).toEqual(JSON.parse(JSON.stringify(document.paths)));
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(assets.length).toBeGreaterThan(2);
    for (const address of assets) {
      expect(address).not.toMatch(/^https?:/);
      expect((await app.inject(new URL(address, 'http://localhost/docs').pathname)).statusCode).toBe(200);
    }
  });
});
