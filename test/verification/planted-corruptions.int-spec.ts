import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freePort } from '@daraa/local';
import { randomIds } from '@daraa/kernel';
import { createHttpApplication, Dispatcher, Verification } from '@daraa/platform';
import type { Environment } from '@daraa/platform';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { ApiClient } from '../support/api-client.js';
import { freshDatabase } from '../support/database.js';
import { AMMAN, Shop } from '../support/shop.js';
import type { Person, ProductForSale } from '../support/shop.js';
import type { Placed, PurchaseSeen } from '../support/purchases.js';
import { MarketplaceModule } from '../../apps/cli/src/marketplace.module.js';

const STARTS_WITHIN_MS = 60_000;
const HOUR_AGO = new Date(Date.now() - 3_600_000);

describe('daraa verify', () => {
  const database = freshDatabase();
  let api: NestFastifyApplication;
  let marketplace: INestApplicationContext;
  let mongo: Connection;
  let verification: Verification;
  let soap: ProductForSale;
  let oil: ProductForSale;
  let soldOut: ProductForSale;
  /** Paid by card, from two stores. */
  let bought: PurchaseSeen;
  /** Paid by card, its order cancelled and refunded. */
  let returned: PurchaseSeen;
  /** To be paid at the door. */
  let promised: PurchaseSeen;
  /** Declined and cancelled. */
  let ended: PurchaseSeen;
  /** Declined, and still waiting for another card. */
  let waiting: PurchaseSeen;

  beforeAll(async () => {
    const { uri, name } = database;
    const environment: Partial<Environment> = { MONGODB_URI: uri, REDIS_PREFIX: name, RATE_LIMIT: 'off', LOG_LEVEL: 'error' };
    api = await createHttpApplication(ApiModule, { environment, logger: false });
    const port = await freePort();
    await api.listen(port, '127.0.0.1');
    marketplace = await NestFactory.createApplicationContext(MarketplaceModule.forRoot(environment), { logger: false });
    mongo = marketplace.get<Connection>(getConnectionToken());
    verification = marketplace.get(Verification);
    await makeAJourney(new Shop({ api, guest: new ApiClient(`http://127.0.0.1:${port}`) }));
    await api.get(Dispatcher, { strict: false }).idle();
    await waitForEmptyOutboxes();
  }, STARTS_WITHIN_MS);

  afterAll(async () => {
    await marketplace.close();
    await api.close();
  });

  async function makeAJourney(shop: Shop): Promise<void> {
    [soap, oil, soldOut] = await Promise.all([
      shop.aProduct({ stock: 20, price: 1999 }),
      shop.aProduct({ stock: 20, price: 3500, name: 'Olive oil' }),
      shop.aProduct({ stock: 1, price: 500, name: 'Last soap' }),
    ]);
    const customer = await shop.aCustomer();
    bought = await checkout(customer, 'pm_card_visa', [soap, oil, soldOut]);
    returned = await checkout(customer, 'pm_card_visa', [soap]);
    await customer.client.post(`/orders/${returned.orders[0]?.id}/cancel`, { reason: 'Not needed any more.' });
    promised = await checkout(customer, undefined, [oil]);
    ended = await checkout(await shop.aCustomer(), 'pm_card_chargeDeclined', [soap]);
    const other = await shop.aCustomer();
    waiting = await checkout(other, 'pm_card_chargeDeclined', [oil]);
    ended = await checkout(customer, 'pm_card_chargeDeclined', [soap]);
    await customer.client.post(`/purchases/${ended.id}/cancel`);
  }

  async function checkout(person: Person, card: string | undefined, products: readonly ProductForSale[]): Promise<PurchaseSeen> {
    const payment = card === undefined ? { method: 'cash_on_delivery' } : { method: 'card', paymentMethodId: card };
    const items = products.map(({ variantId }) => ({ variantId, quantity: 1 }));
    const { body, status, text } = await person.client.checkout<Placed>({ shippingAddress: AMMAN, payment, items });
    if (status !== 201) throw new Error(text);
    return body.data.purchase;
  }

  async function waitForEmptyOutboxes(): Promise<void> {
    for (const name of ['purchases', 'orders', 'payments', 'stock_items', 'products', 'stores']) {
      while (await mongo.collection(name).findOne({ 'outbox.0': { $exists: true } })) await api.get(Dispatcher, { strict: false }).idle();
    }
  }

  /** What is found now: `rule document`, each once. */
  async function found(): Promise<string[]> {
    const results = await verification.run({ secondReadingAfterMs: 0 });
    expect(results.filter((result) => result.notVerified !== undefined)).toEqual([]);
    const violations = results.flatMap((result) => result.violations);
    return [...new Set(violations.map(({ rule, document }) => `${rule} ${document}`))].sort();
  }

  /** Changes a document, sees what is found, and puts everything back. */
  async function plant(collection: string, id: string, change: Document): Promise<string[]> {
    const documents = mongo.collection<{ _id: string }>(collection);
    const before = await documents.findOne({ _id: id });
    if (!before) throw new Error(`There is no ${collection}/${id} to be changed.`);
    await documents.updateOne({ _id: id }, change);
    try {
      return await found();
    } finally {
      await documents.replaceOne({ _id: id }, before);
    }
  }

  /** Takes a document away and puts it back. */
  async function remove(collection: string, id: string): Promise<string[]> {
    const documents = mongo.collection<{ _id: string }>(collection);
    const before = await documents.findOneAndDelete({ _id: id });
    if (!before) throw new Error(`There is no ${collection}/${id} to be removed.`);
    try {
      return await found();
    } finally {
      await documents.insertOne(before);
    }
  }

  /** Puts a document there and takes it away. */
  async function insert(collection: string, document: { _id: string } & Document): Promise<string[]> {
    const documents = mongo.collection<{ _id: string }>(collection);
    await documents.insertOne(document);
    try {
      return await found();
    } finally {
      await documents.deleteOne({ _id: document._id });
    }
  }

  const orderOf = (purchase: PurchaseSeen): string => purchase.orders[0]?.id ?? '';
  const anEvent = (occurredAt: Date) => ({
    ...{ eventId: randomIds.next('evt'), type: 'checkout.PurchaseConfirmed', schema: 1, aggregateId: bought.id, aggregateVersion: 1 },
    ...{ occurredAt, correlationId: 'test', actor: { type: 'system', id: 'system' }, payload: {} },
  });

  it('finds nothing wrong after an honest day', async () => {
    expect(bought).toMatchObject({ status: 'confirmed', payment: { status: 'captured' } });
    expect(await found()).toEqual([]);
  });

  it('knows every rule by at least one check, and leaves the provider out when it is asked to', async () => {
    const all = await verification.run({ secondReadingAfterMs: 0 });
    expect([...new Set(all.map((result) => result.rule))]).toEqual([3, 4, 5, 7, 8, 9]);
    const without = await verification.run({ secondReadingAfterMs: 0, withProvider: false });
    expect(all.length - without.length).toBe(1);
  });

  describe('rule 3', () => {
    it('names an order whose line does not add up', async () => {
      const id = orderOf(bought);
      expect(await plant('orders', id, { $inc: { 'lines.0.tax.amount': 1 } })).toEqual([`3 orders/${id}`]);
    });

    it('names an order whose commission was changed', async () => {
      const id = orderOf(promised);
      expect(await plant('orders', id, { $inc: { 'commission.amount.amount': -1 } })).toEqual([`3 orders/${id}`]);
    });

    it('names a purchase that does not cost what its parts cost', async () => {
      expect(await plant('purchases', bought.id, { $inc: { 'quote.total.amount': 1 } })).toEqual([`3 purchases/${bought.id}`]);
    });

    it('names a purchase whose quote does not follow from what was frozen with it', async () => {
      const change = { $inc: { 'quoteInput.lines.0.unitPrice.amount': -100 } };
      expect(await plant('purchases', promised.id, change)).toEqual([`3 purchases/${promised.id}`]);
    });

    it('names a document that nothing can be computed from', async () => {
      expect(await plant('orders', orderOf(bought), { $unset: { totals: '' } })).toEqual(
        expect.arrayContaining([`3 orders/${orderOf(bought)}`]),
      );
    });
  });

  describe('rule 4', () => {
    it('names a payment that gives back more than it took', async () => {
      const { id } = returned.payment;
      expect(await plant('payments', id, { $inc: { 'refunds.0.amount.amount': 1 } })).toEqual([`4 payments/${id}`]);
    });

    it('names a payment that took another amount than the purchase asked for', async () => {
      const { id } = bought.payment;
      expect(await plant('payments', id, { $inc: { 'amount.amount': -1 } })).toEqual([`4 payments/${id}`]);
    });

    it('names a payment that the provider does not know', async () => {
      const { id } = bought.payment;
      expect(await plant('payments', id, { $set: { intentId: 'pi_of_nobody' } })).toEqual([`4 payments/${id}`]);
    });

    it('names a refund that the provider made and we do not know of', async () => {
      const { id } = returned.payment;
      const seen = await plant('payments', id, { $set: { refunds: [] } });
      expect(seen).toEqual([`4 payments/${id}`]);
    });
  });

  describe('rule 5', () => {
    it('names stock that its movements do not explain', async () => {
      const change = { $inc: { 'locations.main.onHand': 1, 'locations.main.available': 1, margin: 1 } };
      expect(await plant('stock_items', soap.variantId, change)).toEqual([`5 stock_items/${soap.variantId}`]);
    });

    it('names a confirmed line that was not sold', async () => {
      const seen = await remove('stock_movements', `sale:${bought.id}:${oil.variantId}`);
      expect(seen).toEqual([`5 purchases/${bought.id}`, `5 stock_items/${oil.variantId}`]);
    });

    it('names a line that was sold in another quantity', async () => {
      const seen = await plant('stock_movements', `sale:${promised.id}:${oil.variantId}`, { $inc: { quantity: -1 } });
      expect(seen).toEqual([`5 purchases/${promised.id}`, `5 stock_items/${oil.variantId}`]);
    });

    it.each([
      ['that does not exist', () => randomIds.next('pur')],
      ['that was cancelled', () => ended.id],
    ])('names a sale to a purchase %s', async (_case, idOf) => {
      const reference = idOf();
      const sale = { _id: `sale:${reference}:${soap.variantId}`, kind: 'sale', variantId: soap.variantId, quantity: 0, reference };
      expect(await insert('stock_movements', sale)).toEqual([`5 stock_movements/${sale._id}`]);
    });

    it('names a sale of something that was not bought', async () => {
      const { variantId } = soap;
      const sale = { _id: `sale:${promised.id}:${variantId}`, kind: 'sale', variantId, quantity: 0, reference: promised.id };
      expect(await insert('stock_movements', sale)).toEqual([`5 purchases/${promised.id}`]);
    });
  });

  describe('rule 7', () => {
    it('names an order that stayed behind its purchase', async () => {
      const id = orderOf(bought);
      expect(await plant('orders', id, { $set: { status: 'awaiting_payment' } })).toEqual([`7 orders/${id}`, `7 purchases/${bought.id}`]);
    });

    it('names a confirmed purchase without one of its orders', async () => {
      expect(await remove('orders', orderOf(bought))).toEqual([`7 purchases/${bought.id}`]);
    });

    it('names an order that lives on after its purchase has ended', async () => {
      const id = orderOf(ended);
      expect(await plant('orders', id, { $set: { status: 'placed' } })).toEqual([`7 orders/${id}`, `7 purchases/${ended.id}`]);
    });

    it('names an order that was paid and cancelled without a refund', async () => {
      const id = orderOf(returned);
      const seen = await plant('orders', id, { $set: { refunds: [] } });
      expect(seen).toEqual([`4 payments/${returned.payment.id}`, `7 orders/${id}`]);
    });

    it('names a timeline that goes back, and one that takes an impossible step', async () => {
      const id = orderOf(returned);
      expect(await plant('orders', id, { $set: { 'timeline.1.at': HOUR_AGO } })).toEqual([`7 orders/${id}`]);
      expect(await plant('orders', id, { $set: { 'timeline.1.status': 'delivered' } })).toEqual([`7 orders/${id}`]);
    });

    it('names money that was taken for a purchase that is not confirmed', async () => {
      const { id } = waiting.payment;
      const seen = await plant('payments', id, { $set: { status: 'captured' } });
      expect(seen).toEqual([`4 payments/${id}`, `7 purchases/${waiting.id}`]);
    });

    it('names a confirmed purchase whose payment failed', async () => {
      const { id } = bought.payment;
      expect(await plant('payments', id, { $set: { status: 'failed' } })).toEqual([`4 payments/${id}`, `7 purchases/${bought.id}`]);
    });
  });

  describe('rule 8', () => {
    it('names an event that waits for more than five minutes', async () => {
      const change = { $set: { outbox: [anEvent(HOUR_AGO)] } };
      expect(await plant('purchases', bought.id, change)).toEqual([`8 purchases/${bought.id}`]);
    });

    it('leaves facts alone that are still on their way', async () => {
      const sale = `sale:${bought.id}:${oil.variantId}`;
      const purchases = mongo.collection<{ _id: string; outbox: object[] }>('purchases');
      await purchases.updateOne({ _id: bought.id }, { $set: { outbox: [anEvent(new Date())] } });
      try {
        expect(await plant('orders', orderOf(bought), { $set: { paid: false } })).toEqual([]);
        expect(await remove('stock_movements', sale)).toEqual([`5 stock_items/${oil.variantId}`]);
      } finally {
        await purchases.updateOne({ _id: bought.id }, { $set: { outbox: [] } });
      }
    });

    it('names a parked event', async () => {
      const event = anEvent(HOUR_AGO);
      const _id = `${event.eventId}:orders.place`;
      const parked = { _id, handler: 'orders.place', event, error: 'Error: no\n  at all', attempts: 5, parkedAt: HOUR_AGO };
      expect(await insert('parked_events', parked)).toEqual([`8 parked_events/${_id}`]);
    });

    it.each([
      ['reserving', { status: 'reserving', startedAt: HOUR_AGO }],
      ['closing', { status: 'closing', closingSince: HOUR_AGO, closingAs: 'expired' }],
      ['unpaid', { expiresAt: HOUR_AGO }],
    ])('names a purchase that has been %s for too long', async (_case, fields) => {
      expect(await plant('purchases', waiting.id, { $set: fields })).toEqual([`8 purchases/${waiting.id}`]);
    });

    it('names a hold whose purchase does not exist, and one whose purchase ended long ago', async () => {
      const holdFor = (ownerId: string) => ({
        $inc: { 'locations.main.reserved': 1, 'locations.main.available': -1, margin: -1 },
        $set: { [`holds.${ownerId}`]: { quantity: 1, location: 'main', state: 'held', heldAt: HOUR_AGO } },
      });
      const seen = [`8 stock_items/${soap.variantId}`];
      expect(await plant('stock_items', soap.variantId, holdFor(randomIds.next('pur')))).toEqual(seen);
      expect(await plant('stock_items', soap.variantId, holdFor(ended.id))).toEqual([]);
      await mongo.collection<{ _id: string }>('purchases').updateOne({ _id: ended.id }, { $set: { updatedAt: HOUR_AGO } });
      expect(await plant('stock_items', soap.variantId, holdFor(ended.id))).toEqual(seen);
    });
  });

  describe('rule 9', () => {
    it('names a listing with another price than its product', async () => {
      const change = { $set: { priceMin: 1 } };
      expect(await plant('catalog_listings', soap.productId, change)).toEqual([`9 catalog_listings/${soap.productId}`]);
    });

    it('names a product without a listing, and a listing without a product', async () => {
      expect(await remove('catalog_listings', soap.productId)).toEqual([`9 catalog_listings/${soap.productId}`]);
      const _id = randomIds.next('prod');
      expect(await insert('catalog_listings', { _id })).toEqual([`9 catalog_listings/${_id}`]);
    });

    it('names a product that offers what is sold out', async () => {
      const seen = await plant('products', soldOut.productId, { $set: { 'variants.0.availability.inStock': true } });
      expect(seen).toEqual([`9 catalog_listings/${soldOut.productId}`, `9 products/${soldOut.productId}`]);
    });

    it('names a product that says something else of its store than the store', async () => {
      const seen = await plant('products', soap.productId, { $set: { 'store.selling': false } });
      expect(seen).toEqual([`9 catalog_listings/${soap.productId}`, `9 products/${soap.productId}`]);
    });
  });
});
