import { freshDatabase } from '../../../../test/support/database.js';
import { signUp, startAccounts } from '../../../../test/support/accounts-application.js';
import type { AccountsApplication, Answer } from '../../../../test/support/accounts-application.js';
import { addressOf as address } from '../../../../test/support/addresses.js';

interface Shown {
  readonly id: string;
  readonly isDefault: boolean;
  readonly version: number;
}

const database = freshDatabase();
let accounts: AccountsApplication;
let token: string;

beforeAll(async () => {
  accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name });
});
beforeEach(async () => {
  token = (await signUp(accounts)).accessToken;
});
afterAll(() => accounts.close());

const add = (more: object = {}): Promise<Answer<Shown>> => accounts.call<Shown>('POST', '/me/addresses', { token, body: address(more) });
const list = async (): Promise<Shown[]> => (await accounts.call<Shown[]>('GET', '/me/addresses', { token })).data;
const change = (id: string, body: object, headers = {}): Promise<Answer<Shown>> =>
  accounts.call<Shown>('PATCH', `/me/addresses/${id}`, { token, body, headers });
const defaults = async (): Promise<string[]> => (await list()).filter(({ isDefault }) => isDefault).map(({ id }) => id);

describe('an address', () => {
  it('comes back as it was given, with phone and country in their one spelling', async () => {
    const full = {
      company: 'Cups & More <Ltd>',
      line2: 'Behind the bakery',
      building: '12',
      apartment: '3',
      governorate: 'Amman',
      state: 'Amman',
      postalCode: '11181',
      instructions: 'Ring twice.',
      location: { lat: 31.9539, lng: 35.9106 },
    };
    const added = await add({ ...full, country: 'jo', phone: '+962 79 000 0001' });
    expect(added.status).toBe(201);
    const shown = { ...address(full), country: 'JO', phone: '+962790000001', isDefault: true, version: 1 };
    expect(added.data).toEqual({ ...shown, id: expect.stringMatching(/^adr_/), createdAt: accounts.clock.now().toISOString() });
    expect(await list()).toEqual([added.data]);
    expect((await accounts.call('GET', `/me/addresses/${added.data.id}`, { token })).data).toEqual(added.data);
  });

  it.each([
    [{ country: 'XX' }, 'country'],
    [{ country: 'Jordan' }, 'country'],
    [{ phone: '0790000001' }, 'phone'],
    [{ city: ' ' }, 'city'],
    [{ location: { lat: 91, lng: 0 } }, 'location.lat'],
    [{ accountId: 'acc_1' }, 'accountId'],
    [{ id: 'adr_1' }, 'id'],
  ])('with %j is refused by the name of the field', async (more, field) => {
    expect((await add(more)).error).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ field }] });
  });

  it('changes in what is named, under a new version, and only from the version that was read', async () => {
    const { data } = await add({ company: 'Cups & More' });
    const changed = await change(data.id, { city: 'Irbid', company: null }, { 'if-match': '"1"' });
    expect(changed.data).toMatchObject({ city: 'Irbid', line1: '12 Rainbow Street', version: 2 });
    expect(changed.data).not.toHaveProperty('company');
    expect(changed.headers['etag']).toBe('"2"');
    expect((await change(data.id, { city: 'Aqaba' }, { 'if-match': '"1"' })).error?.code).toBe('VERSION_MISMATCH');
  });

  it('is gone when it is removed', async () => {
    const { data } = await add();
    expect((await accounts.call('DELETE', `/me/addresses/${data.id}`, { token })).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await accounts.call('DELETE', `/me/addresses/${data.id}`, { token })).error?.code).toBe('ADDRESS_NOT_FOUND');
  });

  it('of somebody else does not exist', async () => {
    const { data } = await add();
    const stranger = (await signUp(accounts)).accessToken;
    for (const [method, body] of [['GET'], ['PATCH', { city: 'Irbid' }], ['DELETE']] as const) {
      const refused = await accounts.call(method, `/me/addresses/${data.id}`, { token: stranger, ...(body ? { body } : {}) });
      expect([refused.status, refused.error?.code]).toEqual([404, 'ADDRESS_NOT_FOUND']);
    }
    expect(await list()).toEqual([data]);
  });
});

describe('the default', () => {
  it('is listed first, and moves with both versions', async () => {
    const [first, second] = [(await add()).data, (await add()).data];
    expect((await change(second.id, { isDefault: true })).data).toMatchObject({ isDefault: true, version: 2 });
    expect(await list()).toMatchObject([{ id: second.id, isDefault: true, version: 2 }, { id: first.id, isDefault: false, version: 2 }]);
  });

  it('cannot be given up without another', async () => {
    const { data } = await add();
    const refused = await change(data.id, { isDefault: false });
    expect(refused.error).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ field: 'isDefault' }] });
    expect(await defaults()).toEqual([data.id]);
  });

  it('is exactly one, whoever chooses at the same time', async () => {
    const added = await Promise.all(Array.from({ length: 8 }, () => add({ isDefault: true })));
    expect(added.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(await list()).toHaveLength(8);
    expect(await defaults()).toHaveLength(1);
    const chosen = await Promise.all(added.map(({ data }) => change(data.id, { isDefault: true })));
    expect(chosen.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await defaults()).toHaveLength(1);
  });

  it('is exactly one while addresses come and go', async () => {
    const [first, second] = [(await add()).data, (await add()).data];
    await Promise.all([
      change(second.id, { isDefault: true }),
      accounts.call('DELETE', `/me/addresses/${first.id}`, { token }),
      add({ isDefault: true }),
      add(),
    ]);
    expect(await list()).toHaveLength(3);
    expect(await defaults()).toHaveLength(1);
  });
});

describe('an account', () => {
  it('keeps fifty addresses, however many are added at the same time', async () => {
    for (let round = 0; round < 6; round += 1) await Promise.all(Array.from({ length: 8 }, () => add()));
    const last = await Promise.all(Array.from({ length: 5 }, () => add()));
    expect(last.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422, 422]);
    expect(last.find(({ status }) => status === 422)?.error?.code).toBe('ADDRESS_LIMIT');
    expect(await list()).toHaveLength(50);
  });
});
