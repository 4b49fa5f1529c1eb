import { randomIds } from '@daraa/kernel';
import { StoreAccess } from '@daraa/platform';
import { freshDatabase } from '../../../test/support/database.js';
import { Market, storeProfile } from '../../../test/support/market.js';
import type { StoreProfileView } from './store-views.js';

const database = freshDatabase();
let market: Market;

beforeAll(async () => {
  market = await Market.start(database.uri);
});

afterAll(() => market.close());

const owner = (accountId: string = randomIds.next('acc'), verified = true) => market.token('store_owner', accountId, verified);
const open = (as: string, body: object = storeProfile()) => market.call<StoreProfileView>('/stores', { method: 'POST', as, body });
const post = (path: string, as: string, body: object = {}) => market.call<StoreProfileView>(path, { method: 'POST', as, body });

describe('opening a store', () => {
  it('answers the draft with its slug, the currency of the platform and a version to match', async () => {
    const accountId = randomIds.next('acc');
    const reply = await open(owner(accountId), { ...storeProfile('Café Jasmine'), openingHours: [{ day: 'monday', opens: '08:00', closes: '22:00' }] });
    expect(reply.status).toBe(201);
    expect(reply.headers['etag']).toBe('"1"');
    expect(reply.body.data).toMatchObject({
      ownerId: accountId,
      status: 'draft',
      slug: 'cafe-jasmine',
      currency: 'USD',
      openingHours: [{ day: 'monday', opens: '08:00', closes: '22:00' }],
      version: 1,
    });
  });

  it('gives the second store of a name another slug, even at the same moment', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => open(owner(), storeProfile('Twin'))));
    const slugs = replies.map((reply) => reply.body.data.slug);
    expect(new Set(slugs).size).toBe(8);
    expect(slugs).toContain('twin');
  });

  it('is for store owners with a verified contact', async () => {
    const unverified = await open(owner(undefined, false));
    expect([unverified.status, unverified.body.error?.code]).toEqual([403, 'ACCOUNT_NOT_VERIFIED']);
    const customer = await open(market.token('customer'));
    expect([customer.status, customer.body.error?.code]).toEqual([403, 'FORBIDDEN']);
    expect((await market.call('/stores', { method: 'POST', body: storeProfile() })).status).toBe(401);
  });

  it('names the fields that are wrong, and refuses to be told its state or owner', async () => {
    const { address: _address, ...incomplete } = storeProfile();
    const reply = await open(owner(), { ...incomplete, location: { lat: 99, lng: 0 }, status: 'approved', ownerId: 'acc_1' });
    expect(reply.status).toBe(400);
    expect(reply.body.error?.details.map((detail) => detail.field).sort()).toEqual(['address', 'location.lat', 'ownerId', 'status']);
  });
});

describe('a store under review', () => {
  it('is seen by the public from its approval on, and not while it is suspended', async () => {
    const as = owner();
    const admin = market.token('admin');
    const { id, slug } = (await open(as, storeProfile('Review me'))).body.data;
    const publicStatus = async () => (await market.call(`/stores/${slug}`)).status;
    expect(await publicStatus()).toBe(404);
    expect((await post(`/stores/${id}/submit`, as)).body.data.status).toBe('submitted');
    expect(await publicStatus()).toBe(404);
    expect((await post(`/admin/stores/${id}/approve`, admin)).body.data.status).toBe('approved');
    expect(await publicStatus()).toBe(200);
    expect((await market.call(`/stores/${id}`)).status).toBe(200);
    const suspended = await post(`/admin/stores/${id}/suspend`, admin, { reason: 'Complaints.' });
    expect(suspended.body.data).toMatchObject({ status: 'suspended', statusReason: 'Complaints.' });
    expect(await publicStatus()).toBe(404);
    expect((await post(`/admin/stores/${id}/reinstate`, admin)).body.data).toMatchObject({ status: 'approved', statusReason: null });
    expect(await publicStatus()).toBe(200);
  });

  it('answers a repeated step unchanged and an impossible one with 409', async () => {
    const as = owner();
    const admin = market.token('admin');
    const { id } = (await open(as)).body.data;
    const early = await post(`/admin/stores/${id}/approve`, admin);
    expect([early.status, early.body.error?.code]).toEqual([409, 'INVALID_TRANSITION']);
    await post(`/stores/${id}/submit`, as);
    const first = await post(`/admin/stores/${id}/approve`, admin);
    const again = await post(`/admin/stores/${id}/approve`, admin);
    expect(again.status).toBe(200);
    expect(again.body.data).toEqual(first.body.data);
    await post(`/admin/stores/${id}/suspend`, admin);
    expect((await post(`/admin/stores/${id}/approve`, admin)).status).toBe(409);
  });

  it('may be submitted again after a rejection', async () => {
    const as = owner();
    const admin = market.token('admin');
    const { id } = (await open(as)).body.data;
    await post(`/stores/${id}/submit`, as);
    await post(`/admin/stores/${id}/reject`, admin, { reason: 'The register is missing.' });
    const rejected = await market.call<StoreProfileView>(`/stores/${id}/profile`, { as });
    expect(rejected.body.data).toMatchObject({ status: 'rejected', statusReason: 'The register is missing.' });
    expect((await post(`/stores/${id}/submit`, as)).body.data).toMatchObject({ status: 'submitted', statusReason: null });
  });

  it('is reviewed by admins alone', async () => {
    const as = owner();
    const { id } = (await open(as)).body.data;
    expect((await post(`/admin/stores/${id}/approve`, as)).status).toBe(403);
    expect((await market.call('/admin/stores', { as })).status).toBe(403);
  });

  it('is found by its state', async () => {
    const as = owner();
    const { id } = (await open(as)).body.data;
    await post(`/stores/${id}/submit`, as);
    const admin = market.token('admin');
    const submitted = await market.call<StoreProfileView[]>('/admin/stores?status=submitted&limit=100', { as: admin });
    expect(submitted.body.data.map((store) => store.id)).toContain(id);
    expect(new Set(submitted.body.data.map((store) => store.status))).toEqual(new Set(['submitted']));
    expect(submitted.body.pagination?.total).toBe(submitted.body.data.length);
    expect((await market.call('/admin/stores?status=sold', { as: admin })).status).toBe(400);
  });
});

describe("a store's owner", () => {
  it('may act for it in every way, and nobody else at all', async () => {
    const accountId = randomIds.next('acc');
    const { id } = await market.stores.create(accountId, storeProfile());
    const access = market.app.get(StoreAccess, { strict: false });
    expect(await access.mayAct(accountId, id, 'finance')).toBe(true);
    expect(await access.mayAct(randomIds.next('acc'), id, 'orders')).toBe(false);
    expect(await access.mayAct(accountId, randomIds.next('sto'), 'orders')).toBe(false);
  });

  it('sees his own stores, and for others there is no such store', async () => {
    const accountId = randomIds.next('acc');
    const { id } = await market.stores.create(accountId, storeProfile());
    const mine = await market.call<StoreProfileView[]>('/me/stores', { as: owner(accountId) });
    expect(mine.body.data.map((store) => store.id)).toEqual([id]);
    const foreign = owner();
    for (const [method, path] of [['GET', '/profile'], ['PATCH', ''], ['POST', '/submit'], ['POST', '/close']] as const) {
      const reply = await market.call(`/stores/${id}${path}`, { method, as: foreign, ...(method === 'GET' ? {} : { body: {} }) });
      expect([reply.status, reply.body.error?.code]).toEqual([404, 'STORE_NOT_FOUND']);
    }
  });

  it('changes what he has read, and nothing newer', async () => {
    const accountId = randomIds.next('acc');
    const as = owner(accountId);
    const { id } = await market.stores.create(accountId, storeProfile());
    const change = (tag: string, description: string) =>
      market.call<StoreProfileView>(`/stores/${id}`, { method: 'PATCH', as, body: { description }, headers: { 'if-match': tag } });
    const changed = await change('"1"', 'New.');
    expect([changed.status, changed.body.data.description, changed.headers['etag']]).toEqual([200, 'New.', '"2"']);
    const stale = await change('"1"', 'Late.');
    expect([stale.status, stale.body.error?.code]).toEqual([412, 'VERSION_MISMATCH']);
    expect((await change('"2"', 'New.')).body.data.version).toBe(2);
  });
});

describe('the public list', () => {
  it('shows approved stores alone, newest first, in pages that add up', async () => {
    const approved = [];
    for (const name of ['One', 'Two', 'Three']) approved.push((await market.approvedStore(name)).id);
    await market.stores.create(randomIds.next('acc'), storeProfile('Hidden'));
    const first = await market.call<{ id: string }[]>('/stores?limit=2');
    expect(first.body.data.map((store) => store.id)).toEqual([approved[2], approved[1]]);
    const { total } = first.body.pagination ?? { total: 0 };
    expect(first.body.pagination).toMatchObject({ page: 1, limit: 2, hasNext: true, hasPrev: false, totalPages: Math.ceil(total / 2) });
    const all = await market.call<{ id: string }[]>('/stores?limit=100');
    expect(all.body.data).toHaveLength(total);
    expect(all.headers['cache-control']).toContain('public');
  });
});

describe('the facade', () => {
  it('creates a store once, however often it is repeated with one id', async () => {
    const storeId = randomIds.next('sto');
    const ownerId = randomIds.next('acc');
    const [first, second] = await Promise.all([
      market.stores.create(ownerId, storeProfile('Repeated'), storeId),
      market.stores.create(ownerId, storeProfile('Repeated'), storeId),
    ]);
    expect(second).toEqual(first);
    expect(await market.stores.findMany([storeId, randomIds.next('sto')])).toEqual([first]);
    await expect(market.stores.get(randomIds.next('sto'))).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  });
});
