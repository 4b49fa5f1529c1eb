import { jest } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import { Contract } from '../support/contract.js';
import type { Route, Schema } from '../support/contract.js';
import { useMarketplace } from '../support/marketplace.js';
import { freshKey, pathOf } from '../support/routes.js';
import { Shop } from '../support/shop.js';
import type { ProductForSale } from '../support/shop.js';

jest.setTimeout(60_000);

type Body = Record<string, unknown>;

const ROUTES_WITHOUT_SCHEMA = /\/webhooks\//;

const OPERATOR = { $gt: '' };

/** A value that no field of this type takes. */
function otherType(schema: Schema): unknown {
  return schema.type === 'string' ? 7 : 'not this';
}

/** The value with an operator in place of everything that is not a list or an object itself. */
function withOperators(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOperators);
  return typeof value === 'object' && value !== null ? eachOf(value, withOperators) : OPERATOR;
}

function eachOf<Value>(values: Readonly<Record<string, Value>> | object, change: (value: Value) => unknown): Body {
  return Object.fromEntries(Object.entries(values as Record<string, Value>).map(([name, value]) => [name, change(value)]));
}

describe('bad input', () => {
  const market = useMarketplace();
  let contract: Contract;
  let routes: readonly Route[];
  let owner: ApiClient;
  let admin: ApiClient;
  let known: Readonly<Record<string, string>>;

  const bodyOf = ({ operation }: Route) => {
    const media = operation.requestBody?.content['application/json'];
    return media?.schema && { schema: contract.resolve(media.schema), example: media.example as Body };
  };
  const clientFor = ({ path }: Route) => (path.startsWith('/api/v1/admin/') ? admin : owner);
  const send = (route: Route, body: unknown) => clientFor(route).call(route.method, pathOf(route, known), body, freshKey());

  /** The fields that were spoilt, all at once for each route, and that the answer does not name. */
  const faultsOf = async (spoil: (schema: Schema, example: Body) => Body) => {
    const faults: string[] = [];
    for (const route of routes) {
      const { schema = {}, example = {} } = bodyOf(route) ?? {};
      const spoilt = spoil(schema, example);
      const { status, body } = await send(route, { ...example, ...spoilt });
      const named = (field: string) => status === 400 && body.error.details.some((detail) => detail.field.startsWith(field));
      const missed = Object.keys(spoilt).filter((field) => !named(field));
      if (missed.length > 0) faults.push(`${route.method} ${route.path} ${missed.join(', ')}: ${status} ${JSON.stringify(body)}`);
    }
    return faults;
  };

  beforeAll(async () => {
    const shop = new Shop(market);
    const store = await shop.aStore();
    const product: ProductForSale = await shop.aProduct({ storeId: store.storeId });
    owner = store.owner.client;
    admin = (await shop.anAdmin()).client;
    known = { storeId: store.storeId, productId: product.productId, variantId: product.variantId };
    contract = await Contract.of(market.url);
    routes = contract.routes.filter((route) => bodyOf(route) && !ROUTES_WITHOUT_SCHEMA.test(route.path));
    expect(routes.length).toBeGreaterThan(20);
  });

  it('an operator in place of a value is refused by the name of the field', async () => {
    expect(await faultsOf(({ properties = {} }) => eachOf(properties, () => OPERATOR))).toEqual([]);
  });

  it('an operator within a value is refused by the name of the field', async () => {
    const structured = (example: Body) => Object.entries(example).filter(([, value]) => typeof value === 'object' && value !== null);
    expect(await faultsOf((_, example) => eachOf(Object.fromEntries(structured(example)), withOperators))).toEqual([]);
  });

  it('a value of another type is refused by the name of the field', async () => {
    expect(await faultsOf(({ properties = {} }) => eachOf(properties, (declared) => otherType(contract.resolve(declared))))).toEqual([]);
  });

  it('an unknown field is refused by its name', async () => {
    const faults: string[] = [];
    for (const route of routes) {
      const { status, body } = await send(route, { ...bodyOf(route)?.example, isAdmin: true });
      const named = status === 400 && body.error.details.some(({ field }) => field === 'isAdmin');
      if (!named) faults.push(`${route.method} ${route.path}: ${status} ${JSON.stringify(body)}`);
    }
    expect(faults).toEqual([]);
  });

  it.each<[string, string]>([
    ['reaches for a prototype', '{"__proto__":{"isAdmin":true}}'],
    ['reaches for a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['is cut off', '{"name":'],
    ['is a list', '[]'],
    ['is a text', '"name"'],
    ['is null', 'null'],
  ])('a body that %s is refused everywhere', async (_, text) => {
    const statuses = await Promise.all(
      routes.map(async (route) => {
        const { status } = await clientFor(route).raw(route.method, pathOf(route, known), text, freshKey());
        return { route: `${route.method} ${route.path}`, status };
      }),
    );
    expect(statuses.filter(({ status }) => status < 400 || status >= 500)).toEqual([]);
  });
});
