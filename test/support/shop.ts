import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Accounts } from '@daraa/accounts';
import { Catalog } from '@daraa/catalog';
import { Inventory } from '@daraa/inventory';
import { AccessTokens } from '@daraa/platform';
import { randomIds } from '@daraa/kernel';
import { Stores } from '@daraa/stores';
import type { ApiClient } from './api-client.js';
import { waitUntil } from './wait-until.js';

/** `Demo-pass-2026!` hashed once (argon2id, 19 MiB, t=2, p=1), so that a thousand buyers cost no thousand hashes. */
export const PASSWORD = 'Demo-pass-2026!';
const PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$RGFyYWFUZXN0U2FsdDIwMjY$0000000000000000000000000000000000000000000';

export const AMMAN = {
  firstName: 'Layla',
  lastName: 'Haddad',
  phone: '+962791234567',
  line1: '12 Rainbow Street',
  city: 'Amman',
  country: 'JO',
  location: { lat: 31.9539, lng: 35.9106 },
};

/** Somebody with an account, logged in. */
export interface Person {
  readonly accountId: string;
  readonly email: string;
  readonly client: ApiClient;
}

/** A product on sale: its ids and price. */
export interface ProductForSale {
  readonly productId: string;
  readonly slug: string;
  readonly storeId: string;
  readonly variantId: string;
  readonly price: number;
}

/** Where a shop is set up: the contexts in this process, and the API for somebody who is not logged in. */
export interface Premises {
  readonly api: INestApplicationContext;
  readonly guest: ApiClient;
}

type Roles = readonly ('customer' | 'store_owner' | 'courier' | 'admin')[];

/** People, stores and goods for a test, made the way the marketplace makes them. */
export class Shop {
  private categoryId: string | undefined;

  constructor(private readonly premises: Premises) {}

  /** Somebody whose contact is verified, with an access token; no password is checked on the way. */
  async aPerson(roles: Roles = ['customer']): Promise<Person> {
    const { api, guest } = this.premises;
    const email = `person-${randomUUID()}@example.test`;
    const { accountId } = await api.get(Accounts, { strict: false }).registerVerified({
      email,
      passwordHash: PASSWORD_HASH,
      firstName: 'Layla',
      lastName: 'Haddad',
      roles,
    });
    const { token } = api.get(AccessTokens, { strict: false }).sign({ accountId, roles, sessionId: randomIds.next('ses'), verified: true });
    return { accountId, email, client: guest.as(token) };
  }

  aCustomer(): Promise<Person> {
    return this.aPerson(['customer']);
  }

  someCustomers(count: number): Promise<Person[]> {
    return Promise.all(Array.from({ length: count }, () => this.aCustomer()));
  }

  anAdmin(): Promise<Person> {
    return this.aPerson(['admin']);
  }

  /** A store that is approved and sells. */
  async aStore(): Promise<{ storeId: string; owner: Person }> {
    const stores = this.premises.api.get(Stores, { strict: false });
    const owner = await this.aPerson(['store_owner']);
    const { id } = await stores.create(owner.accountId, {
      name: { en: `Petra Pantry ${randomUUID().slice(0, 8)}`, ar: 'مونة البتراء' },
      address: { line1: '3 Paris Circle', city: 'Amman', country: 'JO' },
      location: { lat: 31.96, lng: 35.91 },
    });
    await stores.submit(id);
    await stores.approve(id);
    return { storeId: id, owner };
  }

  /** A product with one variant that can be bought right away: `stock` pieces at `price` minor units of USD. */
  async aProduct({ storeId, stock = 100, price = 1999, name = 'Olive oil soap' }: {
    storeId?: string;
    stock?: number;
    price?: number;
    name?: string;
  } = {}): Promise<ProductForSale> {
    const { api } = this.premises;
    const catalog = api.get(Catalog, { strict: false });
    const seller = storeId ?? (await this.aStore()).storeId;
    this.categoryId ??= (await catalog.createCategory({ name: { en: `Soap ${randomUUID()}`, ar: 'صابون' } })).categoryId;
    const drafted = await catalog.createProduct(seller, {
      name: { en: name, ar: 'صابون زيت الزيتون' },
      description: 'Cold pressed, cured for nine months.',
      brand: 'Petra',
      tags: ['soap'],
      images: [{ url: 'https://images.example.test/soap.webp', alt: 'A bar of soap' }],
      categoryId: this.categoryId,
      variants: [{ sku: `SKU-${randomUUID().slice(0, 13)}`, price: { amount: price, currency: 'USD' }, stock }],
    });
    const published = await catalog.publish(seller, drafted.id);
    const variantId = published.variants[0]?.id;
    if (variantId === undefined) throw new Error(`Product ${drafted.id} has no variant.`);
    const inventory = api.get(Inventory, { strict: false });
    await waitUntil(async () => (await inventory.availabilityOf([variantId])).has(variantId), { describe: 'the stock item exists' });
    return { productId: drafted.id, slug: published.slug, storeId: seller, variantId, price };
  }

  /** How many pieces can be bought now. */
  async availableOf(variantId: string): Promise<number | undefined> {
    const found = await this.premises.api.get(Inventory, { strict: false }).availabilityOf([variantId]);
    return found.get(variantId)?.available;
  }
}
