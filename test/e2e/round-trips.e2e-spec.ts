import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { useMarketplace } from '../support/marketplace.js';
import { AMMAN, Shop } from '../support/shop.js';
import type { Person, ProductForSale } from '../support/shop.js';
import { waitUntil } from '../support/wait-until.js';

const BUDGET = 26;
/** Commands of the driver's own housekeeping, which no request causes. */
const HOUSEKEEPING = new Set(['hello', 'ismaster', 'ping', 'endSessions']);

describe('a full order flow', () => {
  const market = useMarketplace();
  const shop = new Shop(market);

  async function buy({ client }: Person, { variantId }: ProductForSale, addressId: string): Promise<void> {
    await client.post('/cart/items', { variantId, quantity: 2 });
    await client.post('/checkout/quote', { addressId });
    const { body } = await client.checkout<{ purchase: { status: string; orders: { id: string }[] } }>({
      addressId,
      payment: { method: 'card', paymentMethodId: 'pm_card_visa' },
    });
    expect(body.data.purchase.status).toBe('confirmed');
    expect((await client.get(`/orders/${body.data.purchase.orders[0]?.id}`)).status).toBe(200);
  }

  /** Sales of a product, counted over the worker's connection. */
  const movementsOf = ({ variantId }: ProductForSale): Promise<number> =>
    market.worker
      .get<Connection>(getConnectionToken(), { strict: false })
      .collection('stock_movements')
      .countDocuments({ variantId, kind: 'sale' });

  it(`makes at most ${BUDGET} database round trips, everything asynchronous included`, async () => {
    const soap = await shop.aProduct();
    const customer = await shop.aCustomer();
    const { body } = await customer.client.post<{ id: string }>('/me/addresses', { label: 'Home', ...AMMAN });
    const addressId = body.data.id;
    // The first purchase of a process takes a block of numbers.
    await buy(customer, soap, addressId);
    await market.settled();

    const commands: string[] = [];
    const client = market.mongo.getClient();
    const count = (event: { commandName: string; command: Record<string, unknown> }) => {
      if (HOUSEKEEPING.has(event.commandName)) return;
      const target = event.commandName === 'bulkWrite' ? JSON.stringify(event.command['nsInfo']) : event.command[event.commandName];
      commands.push(`${event.commandName} ${String(target)}`);
    };
    client.on('commandStarted', count);
    await buy(customer, soap, addressId);
    await waitUntil(async () => (await movementsOf(soap)) === 2, { describe: 'both purchases are sold' });
    await waitUntil(() => market.outboxesAreEmpty(), { describe: 'every event is acknowledged' });
    client.off('commandStarted', count);

    if (commands.length > BUDGET) throw new Error(`${commands.length} round trips:\n  ${commands.join('\n  ')}`);
    expect(commands.length).toBeGreaterThan(10);
  });
});
