import { Contract } from './contract.js';

const cup = {
  type: 'object',
  required: ['id', 'size'],
  properties: {
    id: { type: 'string', format: 'date-time' },
    size: { nullable: true, type: 'integer' },
    maker: { $ref: '#/components/schemas/Maker' },
  },
};
const json = (media: object) => ({ content: { 'application/json': media } });
const operation = {
  operationId: 'showCup',
  tags: [],
  security: [],
  responses: {
    200: json({ schema: cup }),
    404: json({ schema: { type: 'object' }, examples: { CUP_NOT_FOUND: {} } }),
  },
};
const document = {
  paths: { '/cups/{cupId}': { get: operation }, '/cups/best': { get: { ...operation, operationId: 'showBestCup' } } },
  components: { schemas: { Maker: { type: 'object', properties: { name: { type: 'string' } } } } },
};

describe('a contract', () => {
  const contract = new Contract(document);
  const good = { id: '2026-03-01T09:30:00.000Z', size: 3, maker: { name: 'Lina' } };
  const check = (body: object, status = 200, path = '/cups/7') => () =>
    contract.check('GET', path, { status, contentType: 'application/json; charset=utf-8', body });

  it.each<[string, object]>([
    ['that is documented', good],
    ['with a null where null is allowed', { ...good, size: null }],
  ])('accepts an answer %s', (_, body) => expect(check(body, 200, '/cups/7?q=a')).not.toThrow());

  it.each<[string, () => void]>([
    ['a field that is not documented', check({ ...good, secret: 1 })],
    ['such a field in an object within', check({ ...good, maker: { name: 'Lina', secret: 1 } })],
    ['a field that is missing', check({ size: 3 })],
    ['a value of another type', check({ ...good, size: '3' })],
    ['a null where none is allowed', check({ ...good, id: null })],
    ['a format that is broken', check({ ...good, id: 'today' })],
    ['a status that is not documented', check(good, 201)],
    ['an error code that is not documented', check({ error: { code: 'NOT_FOUND' } }, 404)],
    ['success on a route that is not documented', check(good, 200, '/saucers')],
  ])('refuses %s', (_, checking) => expect(checking).toThrow());

  it('finds the fixed path before the one with a parameter', () => {
    expect(contract.routeOf('GET', '/cups/best')?.operation.operationId).toBe('showBestCup');
    expect(contract.routeOf('GET', '/cups/7')?.operation.operationId).toBe('showCup');
    expect(contract.routeOf('POST', '/cups/7')).toBeUndefined();
  });
});
