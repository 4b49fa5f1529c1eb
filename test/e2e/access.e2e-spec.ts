import { jest } from '@jest/globals';
import { Contract } from '../support/contract.js';
import type { Route } from '../support/contract.js';
import { freshKey, pathOf } from '../support/routes.js';
import { Shop } from '../support/shop.js';
import type { Person } from '../support/shop.js';
import { useMarketplace } from '../support/marketplace.js';

jest.setTimeout(30_000);

const isProtected = ({ operation, path }: Route) =>
  path.startsWith('/api/v1/') && operation.security.length > 0 && !operation.security.some((each) => Object.keys(each).length === 0);
const isForStaff = ({ path }: Route) => /^\/api\/v1\/(?:admin\/|stores\/\{storeId\})/.test(path);

describe('access', () => {
  const market = useMarketplace();
  let routes: readonly Route[];
  let customer: Person;
  let store: { storeId: string; owner: Person };

  /** What every route answers to somebody who sends nothing. */
  const answers = async (chosen: readonly Route[], client = market.guest, known: Readonly<Record<string, string>> = {}) => {
    const found: { route: string; status: number }[] = [];
    for (const route of chosen) {
      const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
      const { status } = await client.call(route.method, pathOf(route, known), body, freshKey());
      found.push({ route: `${route.method} ${route.path}`, status });
    }
    return found;
  };

  beforeAll(async () => {
    const shop = new Shop(market);
    ({ routes } = await Contract.of(market.url));
    customer = await shop.aCustomer();
    store = await shop.aStore();
  });

  it('is refused with 401 on every protected route without a token, and with a broken one', async () => {
    const chosen = routes.filter(isProtected);
    expect(chosen.length).toBeGreaterThan(20);
    expect((await answers(chosen)).filter(({ status }) => status !== 401)).toEqual([]);
    expect((await answers(chosen, market.guest.as('eyJhbGciOiJub25lIn0.e30.'))).filter(({ status }) => status !== 401)).toEqual([]);
  });

  it("is refused with 403 or 404 to a customer on every route of admins and of somebody's store", async () => {
    const chosen = routes.filter((route) => isProtected(route) && isForStaff(route));
    expect(chosen.length).toBeGreaterThan(15);
    const known = { storeId: store.storeId };
    expect((await answers(chosen, customer.client, known)).filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
  });

  it("is refused to a store's owner on every route of admins and of another store", async () => {
    const chosen = routes.filter((route) => isProtected(route) && isForStaff(route));
    const other = await new Shop(market).aStore();
    const found = await answers(chosen, store.owner.client, { storeId: other.storeId });
    expect(found.filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
  });

  it('with ids of nothing never ends in an error of ours, whoever asks', async () => {
    const everything = routes.filter(({ path }) => path.startsWith('/api/v1/') && !path.includes('/webhooks/'));
    const admin = await new Shop(market).anAdmin();
    for (const client of [market.guest, customer.client, admin.client]) {
      expect((await answers(everything, client)).filter(({ status }) => status >= 500)).toEqual([]);
    }
  });
});
