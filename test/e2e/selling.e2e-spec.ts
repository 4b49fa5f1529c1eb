import { dataOf } from '../support/journeys.js';
import { useMarketplace } from '../support/marketplace.js';
import { AMMAN, Shop } from '../support/shop.js';
import type { Person, ProductForSale } from '../support/shop.js';
import { waitUntil } from '../support/wait-until.js';

interface Product {
  readonly id: string;
  readonly version: number;
}

const payment = { method: 'card', paymentMethodId: 'pm_card_visa' };
const PRICE = { amount: 900, currency: 'USD' };

describe('selling', () => {
  const market = useMarketplace();
  const shop = new Shop(market);
  let owner: Person;
  let admin: Person;
  let customer: Person;
  let storeId: string;
  let soap: ProductForSale;

  beforeEach(async () => {
    ({ storeId, owner } = await shop.aStore());
    soap = await shop.aProduct({ storeId, stock: 5 });
    admin = await shop.anAdmin();
    customer = await shop.aCustomer();
  });

  const itsProducts = async () => dataOf(await market.guest.get<Product[]>(`/products?store=${storeId}`)).map(({ id }) => id);
  const order = () => ({ shippingAddress: AMMAN, payment, items: [{ variantId: soap.variantId, quantity: 1 }] });
  const intoCart = () => customer.client.post('/cart/items', { variantId: soap.variantId, quantity: 1 });

  it('a suspended store is hidden and sells nothing, a reinstated one is back', async () => {
    expect(await itsProducts()).toEqual([soap.productId]);
    await intoCart();
    dataOf(await admin.client.post(`/admin/stores/${storeId}/suspend`, { reason: 'Complaints.' }));
    await waitUntil(async () => (await itsProducts()).length === 0, { describe: 'the products of the suspended store are hidden' });
    expect((await market.guest.get(`/products/${soap.productId}`)).status).toBe(404);
    expect((await market.guest.get(`/stores/${storeId}`)).status).toBe(404);
    const refused = await customer.client.checkout(order());
    expect([refused.status, refused.body.error.code]).toEqual([422, 'PRODUCT_NOT_AVAILABLE']);
    const fromCart = await customer.client.checkout({ shippingAddress: AMMAN, payment });
    expect([fromCart.status, fromCart.body.error.code]).toEqual([422, 'PRODUCT_NOT_AVAILABLE']);
    expect((await customer.client.post('/checkout/quote', { shippingAddress: AMMAN })).body.error.code).toBe('PRODUCT_NOT_AVAILABLE');
    expect(await shop.availableOf(soap.variantId)).toBe(5);
    dataOf(await admin.client.post(`/admin/stores/${storeId}/reinstate`));
    await waitUntil(async () => (await itsProducts()).length === 1, { describe: 'the products are shown again' });
    expect((await customer.client.checkout(order())).status).toBe(201);
  });

  it('a product that is archived cannot be bought, one that is published again can', async () => {
    const product = `/stores/${storeId}/products/${soap.productId}`;
    expect(dataOf(await owner.client.post(`${product}/archive`))).toMatchObject({ status: 'archived' });
    expect((await customer.client.checkout(order())).body.error.code).toBe('PRODUCT_NOT_AVAILABLE');
    expect((await intoCart()).body.error.code).toBe('PRODUCT_NOT_AVAILABLE');
    dataOf(await owner.client.post(`${product}/publish`));
    expect((await customer.client.checkout(order())).status).toBe(201);
  });

  it('a store of somebody else does not exist', async () => {
    const stranger = (await shop.aStore()).owner.client;
    const answers = await Promise.all([
      stranger.get(`/stores/${storeId}/profile`),
      stranger.get(`/stores/${storeId}/products`),
      stranger.patch(`/stores/${storeId}/products/${soap.productId}`, { brand: 'Mine' }),
      stranger.post(`/stores/${storeId}/products/${soap.productId}/archive`),
      stranger.post(`/stores/${storeId}/inventory/${soap.variantId}/adjustments`, { delta: -5, reason: 'damage' }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual(answers.map(() => [404, 'STORE_NOT_FOUND']));
    expect(await shop.availableOf(soap.variantId)).toBe(5);
  });

  it('a change that rests on a stale version is refused, one that rests on the newest is made', async () => {
    const path = `/stores/${storeId}/products/${soap.productId}`;
    const seen = await owner.client.get<Product>(path);
    const tag = seen.headers.get('etag') ?? '';
    expect(tag).toBe(`"${dataOf(seen).version}"`);
    const changed = dataOf(await owner.client.patch<Product>(path, { brand: 'Nablus' }, { 'If-Match': tag }));
    expect(changed.version).toBe(dataOf(seen).version + 1);
    const stale = await owner.client.patch(path, { brand: 'Haifa' }, { 'If-Match': tag });
    expect([stale.status, stale.body.error.code]).toEqual([412, 'VERSION_MISMATCH']);
    expect(dataOf(await owner.client.get(path))).toMatchObject({ brand: 'Nablus', version: changed.version });
  });

  it('one store has each SKU once, however often it is added at the same time', async () => {
    const path = `/stores/${storeId}/products/${soap.productId}/variants`;
    const variant = (size: string) => ({ sku: 'SOAP-NEW', options: { size }, price: PRICE });
    expect((await owner.client.post(path, variant('M'))).status).toBe(201);
    const again = await owner.client.post(path, variant('L'));
    expect([again.status, again.body.error.code]).toEqual([409, 'SKU_TAKEN']);
    const other = await shop.aProduct({ storeId });
    const same = { sku: 'SOAP-RACE', options: { size: 'M' }, price: PRICE };
    const raced = await Promise.all(
      [soap.productId, other.productId].map((id) => owner.client.post(`/stores/${storeId}/products/${id}/variants`, same)),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('pieces that are reserved for buyers who are paying cannot be taken away', async () => {
    const waiting = { ...order(), payment: { ...payment, paymentMethodId: 'pm_card_authenticationRequired' } };
    dataOf(await customer.client.checkout({ ...waiting, items: [{ variantId: soap.variantId, quantity: 3 }] }), 201);
    const adjust = (body: object) => owner.client.post(`/stores/${storeId}/inventory/${soap.variantId}/adjustments`, body);
    for (const body of [{ delta: -3, reason: 'damage' }, { count: 2, reason: 'count' }]) {
      const refused = await adjust(body);
      expect([refused.status, refused.body.error.code]).toEqual([422, 'STOCK_BELOW_RESERVED']);
    }
    expect(dataOf(await adjust({ delta: -2, reason: 'damage' }))).toMatchObject({ onHand: 3, reserved: 3, available: 0 });
    expect((await intoCart()).body.error.code).toBe('INSUFFICIENT_STOCK');
  });
});
