import { createHttpApplication, AccessTokens, Dispatcher, type Environment } from '@daraa/platform';
import { derivedId, randomIds } from '@daraa/kernel';
import type { StripeServer } from '@daraa/local';
import { Catalog } from '@daraa/catalog';
import { Inventory } from '@daraa/inventory';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { ApiClient } from '../support/api-client.js';
import { AMMAN, Shop } from '../support/shop.js';
import { waitUntil } from '../support/wait-until.js';
import { type Buyer, type Exchange, type Plan, roundTripsOf } from './plan.js';
import { Recorder } from './recorder.js';
import { startTollbooth } from './tollbooth.js';

export interface SceneSettings {
  readonly environment: Partial<Environment>;
  readonly provider: StripeServer;
  readonly port: number;
  readonly products: number;
  readonly buyers: number;
}

/** The marketplace that is measured, and what it was recorded doing. */
export interface Scene {
  readonly plan: Plan;
  readonly variantIds: readonly string[];
  /** Access tokens of this many people who have never been here. */
  strangers(count: number): string[];
}

const AT_ONCE = 50;
const STORES = 10;
const VARIANTS = ['S', 'M', 'L'];
/** More than any run can sell. */
const STOCK = 1_000_000;
const LIST_PAGES = 8;
const SHOWN_PRODUCTS = 16;
const ADDS = 3;
/** A webhook that overtakes the answer that it repeats costs a conflict: a recorded flow has none. */
const WEBHOOK_DELAY_MS = 1_000;
const TOKEN_SECONDS = 86_400;

/** Sets up a marketplace with the API in this process, records what it does for a visitor, and takes it down; the data stays. */
export async function setScene(settings: SceneSettings): Promise<Scene> {
  const tollbooth = await startTollbooth(settings.provider.url);
  const environment: Partial<Environment> = {
    ...settings.environment,
    NODE_ENV: 'test',
    STRIPE_API_URL: tollbooth.url,
    ACCESS_TOKEN_SECONDS: TOKEN_SECONDS,
  };
  const app = await createHttpApplication(ApiModule, { environment, logger: false });
  const recorder = new Recorder(app, tollbooth);
  await app.listen(settings.port, '127.0.0.1');
  try {
    return await new SceneSetter(app, recorder, settings).set();
  } finally {
    settings.provider.faults.clear();
    await app.close();
    await tollbooth.stop();
  }
}

class SceneSetter {
  private readonly guest: ApiClient;
  private readonly shop: Shop;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly recorder: Recorder,
    private readonly settings: SceneSettings,
  ) {
    this.guest = new ApiClient(`http://127.0.0.1:${settings.port}`);
    this.shop = new Shop({ api: app, guest: this.guest });
  }

  async set(): Promise<Scene> {
    const { products, buyers } = this.settings;
    const variants = await this.someProducts(products);
    const people = await inParts(buyers, () => this.aBuyer());
    const [first, buyer] = people;
    if (!first || !buyer) throw new Error('There must be buyers.');
    // The first order takes a block of purchase numbers for a hundred.
    await this.recordOrder(first, variants[0] ?? '');
    const order = await this.recordOrder(buyer, variants[0] ?? '');
    const adds = await this.recordAdds(variants);
    const pages = await this.recordPages();
    // Taken now: the application that signs is closed when they are needed.
    const tokens = this.app.get(AccessTokens, { strict: false });
    const strangers = (count: number): string[] => Array.from({ length: count }, () => this.tokenOf(tokens, randomIds.next('acc')));
    return { plan: { scripts: { adds, order }, pages, buyers: people }, variantIds: variants, strangers };
  }

  private tokenOf(tokens: AccessTokens, accountId: string): string {
    return tokens.sign({ accountId, roles: ['customer'], sessionId: randomIds.next('ses'), verified: true }).token;
  }

  private async someProducts(count: number): Promise<string[]> {
    const catalog = this.app.get(Catalog, { strict: false });
    const inventory = this.app.get(Inventory, { strict: false });
    const { categoryId } = await catalog.createCategory({ name: { en: 'Soap', ar: 'صابون' } });
    const stores = await Promise.all(Array.from({ length: STORES }, () => this.shop.aStore()));
    const made = await inParts(count, async (index) => {
      const storeId = stores[index % STORES]?.storeId ?? '';
      const draft = await catalog.createProduct(storeId, {
        name: { en: `Olive oil soap ${index}`, ar: `صابون زيت الزيتون ${index}` },
        description: 'Cold pressed from olives of the hills of Ajloun, cured for nine months, cut and stamped by hand. '.repeat(4),
        brand: 'Petra',
        tags: ['soap', 'olive', 'handmade'],
        images: [1, 2, 3].map((number) => ({ url: `https://images.example.test/soap-${index}-${number}.webp`, alt: 'A bar of soap' })),
        attributes: { scent: 'laurel', origin: 'Ajloun' },
        categoryId,
        variants: VARIANTS.map((size, at) => ({
          sku: `SOAP-${index}-${size}`,
          options: { size },
          price: { amount: 1000 + ((index * 37) % 9000) + at * 250, currency: 'USD' },
          stock: STOCK,
        })),
      });
      const { variants } = await catalog.publish(storeId, draft.id);
      return variants.map((variant) => variant.id);
    });
    const variantIds = made.flat();
    const isStocked = async (): Promise<boolean> => (await inventory.availabilityOf(variantIds)).size === variantIds.length;
    await waitUntil(isStocked, { within: 120_000, describe: 'every variant has its stock' });
    await this.app.get(Dispatcher, { strict: false }).idle();
    return variantIds;
  }

  private async aBuyer(): Promise<Buyer> {
    const { accountId } = await this.shop.aCustomer();
    const token = this.tokenOf(this.app.get(AccessTokens, { strict: false }), accountId);
    const { body } = await this.guest.as(token).post<{ id: string }>('/me/addresses', { label: 'Home', ...AMMAN });
    return { token, accountId, addressId: body.data.id, addressBookId: derivedId('adb', accountId) };
  }

  private recordOrder(buyer: Buyer, variantId: string): Promise<Exchange[]> {
    this.settings.provider.faults.set({ webhooks: { delayMs: WEBHOOK_DELAY_MS } });
    const client = this.guest.as(buyer.token);
    return this.record(async () => {
      await client.post('/cart/items', { variantId, quantity: 1 });
      await client.post('/checkout/quote', { addressId: buyer.addressId });
      const payment = { method: 'card', paymentMethodId: 'pm_card_visa' };
      const { body } = await client.checkout<{ purchase: { orders: { id: string }[] } }>({ addressId: buyer.addressId, payment });
      await client.get(`/orders/${body.data.purchase.orders[0]?.id}`);
      await waitUntil(() => this.recorder.taken().length === 5, { describe: 'the webhook has come' });
    });
  }

  private recordAdds(variants: readonly string[]): Promise<Exchange[]> {
    const tokens = this.app.get(AccessTokens, { strict: false });
    const client = this.guest.as(this.tokenOf(tokens, randomIds.next('acc')));
    return this.record(async () => {
      for (const variantId of variants.slice(0, ADDS)) await client.post('/cart/items', { variantId, quantity: 1 });
    });
  }

  private async recordPages(): Promise<Exchange[]> {
    const { body } = await this.guest.get<{ slug: string }[]>(`/products?limit=${SHOWN_PRODUCTS}&page=3`);
    return this.record(async () => {
      for (let page = 1; page <= LIST_PAGES; page += 1) await this.guest.get(`/products?limit=24&page=${page}`);
      for (const { slug } of body.data) await this.guest.get(`/products/${slug}`);
    });
  }

  /** What `work` makes the API do, what follows the replies included. */
  private async record(work: () => Promise<void>): Promise<Exchange[]> {
    const dispatcher = this.app.get(Dispatcher, { strict: false });
    await dispatcher.idle();
    this.recorder.clear();
    await work();
    // Acknowledgements wait 50 ms for company.
    let before = -1;
    const isQuiet = async (): Promise<boolean> => {
      await dispatcher.idle();
      await new Promise((resolve) => setTimeout(resolve, 150));
      const now = roundTripsOf(this.recorder.taken());
      const same = now === before;
      before = now;
      return same;
    };
    await waitUntil(isQuiet, { describe: 'everything is done' });
    const failed = this.recorder.taken().find((exchange) => exchange.status >= 400);
    if (failed) throw new Error(`${failed.method} ${failed.url} answered ${failed.status}: ${failed.body}`);
    return this.recorder.taken();
  }
}

/** Does something `count` times, some at once. */
async function inParts<Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < count; start += AT_ONCE) {
    const part = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_one, index) => work(start + index));
    results.push(...(await Promise.all(part)));
  }
  return results;
}
