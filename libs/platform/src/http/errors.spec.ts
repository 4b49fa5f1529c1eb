import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { asDomainError, toErrorBody } from './errors.js';
import type { HttpRequest } from './request-state.js';

function named(name: string, extra: object = {}): Error {
  return Object.assign(new Error('connection 4 to 10.0.0.3:27017 closed'), { name }, extra);
}

describe('an error', () => {
  it.each([
    ['a rule that said no', new DomainError('CART_EMPTY'), 'CART_EMPTY'],
    ['a 404 of Nest', new NotFoundException('Cannot GET /x'), 'NOT_FOUND'],
    ['a 400 of Nest', new BadRequestException(), 'VALIDATION_ERROR'],
    ['a status of Nest that has no code', new HttpException('teapot', 418), 'VALIDATION_ERROR'],
    ['a 502 of Nest', new HttpException('gateway', 502), 'INTERNAL_ERROR'],
    ['a body that is too large', named('FastifyError', { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }), 'PAYLOAD_TOO_LARGE'],
    ['another media type', named('FastifyError', { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
    ['a 4xx of Fastify without a code here', named('FastifyError', { code: 'FST_ERR_NEW', statusCode: 400 }), 'VALIDATION_ERROR'],
    ['a 5xx of Fastify', named('FastifyError', { code: 'FST_ERR_NEW', statusCode: 500 }), 'INTERNAL_ERROR'],
    ['no server', named('MongoServerSelectionError'), 'SERVICE_UNAVAILABLE'],
    ['a lost connection', named('MongoNetworkError'), 'SERVICE_UNAVAILABLE'],
    ['a server that steps down', named('MongoServerError', { code: 11_602 }), 'SERVICE_UNAVAILABLE'],
    ['a duplicate key that nobody expected', named('MongoServerError', { code: 11_000 }), 'INTERNAL_ERROR'],
    ['a programming error', new TypeError('x is not a function'), 'INTERNAL_ERROR'],
    ['something thrown that is no error', 'oops', 'INTERNAL_ERROR'],
  ])('is answered by its code: %s', (_name, error, code) => {
    expect(asDomainError(error).code).toBe(code);
  });

  it('has one shape, with the path but not the query, and with the data of a rule', () => {
    const request = { url: '/api/v1/checkout?token=secret', id: 'r-1' } as HttpRequest;
    const error = new DomainError('PRICE_CHANGED', { details: [{ field: 'expectedTotal', message: 'is 2950' }], data: { total: 2950 } });
    expect(toErrorBody(error, request)).toEqual({
      success: false,
      error: {
        code: 'PRICE_CHANGED',
        message: 'The total has changed. Look at the new quote and confirm it.',
        details: [{ field: 'expectedTotal', message: 'is 2950' }],
        timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
        path: '/api/v1/checkout',
        requestId: 'r-1',
        data: { total: 2950 },
      },
    });
  });

  it('leaks nothing of what went wrong inside', () => {
    const body = JSON.stringify(toErrorBody(named('MongoNetworkError'), { url: '/x', id: 'r-1' } as HttpRequest));
    expect(body).not.toContain('10.0.0.3');
  });
});
