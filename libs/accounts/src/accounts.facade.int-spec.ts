import { randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { Aggregate } from '@daraa/kernel';
import { AggregatesModule, aggregateSchema, AggregateStore, InjectStore } from '@daraa/platform';
import { StoreMembershipGranted } from '@daraa/stores/events';
import { freshDatabase } from '../../../test/support/database.js';
import { freshEmail, PASSWORD, signUp, startAccounts, waitUntil } from '../../../test/support/accounts-application.js';
import type { AccountsApplication, Tokens } from '../../../test/support/accounts-application.js';
import { addressOf } from '../../../test/support/addresses.js';
import { Accounts } from './accounts.facade.js';
import { Passwords } from './application/passwords.js';

/** What the stores context does when it lets somebody act for a store. */
class Shop extends Aggregate<{ slug: string }> {
  grant(accountId: string, role: 'owner' | 'manager', slug: string): void {
    this.state.slug = slug;
    this.record(StoreMembershipGranted, { storeId: this.id, accountId, role, slug });
  }
}

@Injectable()
class Shops {
  constructor(@InjectStore(Shop) readonly store: AggregateStore<Shop>) {}
}

@Module({
  imports: [AggregatesModule.bind({ aggregate: Shop, schema: aggregateSchema('test_shops'), notFound: 'STORE_NOT_FOUND' })],
  providers: [Shops],
})
class ShopsModule {}

const database = freshDatabase();
let accounts: AccountsApplication;
let facade: Accounts;

beforeAll(async () => {
  accounts = await startAccounts({ MONGODB_URI: database.uri, REDIS_PREFIX: database.name }, { modules: [ShopsModule] });
  facade = accounts.app.get(Accounts, { strict: false });
});
afterAll(() => accounts.close());

const logIn = (email: string, password = PASSWORD) => accounts.call<Tokens>('POST', '/auth/login', { body: { email, password } });

describe('other contexts', () => {
  it('read how somebody is reached', async () => {
    const email = freshEmail();
    const { account } = await signUp(accounts, email, { phone: '+962790000001' });
    expect(await facade.contactOf(account.id)).toEqual({
      accountId: account.id,
      email,
      phone: '+962790000001',
      firstName: 'Lina',
      lastName: 'Haddad',
      locale: 'en',
    });
    await expect(facade.contactOf('acc_01jc4yqz8ke5f9h0mns2bvx6tw')).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  });

  it('read an address of its owner, and of nobody else', async () => {
    const [mine, theirs] = [await signUp(accounts), await signUp(accounts)];
    const added = await accounts.call<{ id: string }>('POST', '/me/addresses', { token: mine.accessToken, body: addressOf() });
    expect(await facade.addressOf(mine.account.id, added.data.id)).toMatchObject({ ...addressOf(), id: added.data.id, isDefault: true });
    await expect(facade.addressOf(theirs.account.id, added.data.id)).rejects.toMatchObject({ code: 'ADDRESS_NOT_FOUND' });
  });
});

describe('people whose contact needs no verification', () => {
  const details = { firstName: 'Demo', lastName: 'Admin', roles: ['admin'] as const };

  it('are registered once by email, verified, with their addresses', async () => {
    const email = freshEmail();
    const registration = { ...details, email, password: PASSWORD, addresses: [addressOf(), addressOf({ label: 'Work', isDefault: true })] };
    const [first, ...again] = [
      ...(await Promise.all([facade.registerVerified(registration), facade.registerVerified(registration)])),
      await facade.registerVerified({ ...registration, email: email.toUpperCase() }),
    ];
    expect(again).toEqual([first, first]);
    const login = await logIn(email);
    expect(login.data.account).toMatchObject({ id: first?.accountId, status: 'active', roles: ['admin'] });
  });

  it('keep their addresses when they are registered again', async () => {
    const registration = { ...details, email: freshEmail(), password: PASSWORD, addresses: [addressOf(), addressOf({ label: 'Work' })] };
    await facade.registerVerified(registration);
    await facade.registerVerified(registration);
    const { accessToken: token } = (await logIn(registration.email)).data;
    expect((await accounts.call<object[]>('GET', '/me/addresses', { token })).data).toMatchObject([{ label: 'Home' }, { label: 'Work' }]);
  });

  it('may share one hash that was made before', async () => {
    const passwordHash = await accounts.app.get(Passwords, { strict: false }).hash('Demo-pass-2026!');
    const email = freshEmail();
    await facade.registerVerified({ ...details, email, passwordHash });
    expect((await logIn(email, 'Demo-pass-2026!')).status).toBe(200);
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
  });
});

describe('the stores that somebody may act for', () => {
  it('are shown at login, once each, as the store last said', async () => {
    const email = freshEmail();
    const { account } = await signUp(accounts, email);
    const { store } = accounts.app.get(Shops, { strict: false });
    const id = `store_${randomUUID()}`;
    const shop = new Shop({ id, version: 0, state: { slug: '' } });
    shop.grant(account.id, 'owner', 'cups');
    shop.grant(account.id, 'owner', 'cups');
    const stored = await store.insert(shop);
    await store.update(stored, (present) => present.grant(account.id, 'manager', 'mugs'));
    const shown = await waitUntil(async () => {
      const { stores } = (await logIn(email)).data.account;
      return JSON.stringify(stores).includes('mugs') ? stores : undefined;
    });
    expect(shown).toEqual([{ id, slug: 'mugs', role: 'manager' }]);
  });
});
