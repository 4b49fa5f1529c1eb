import type { MoneyAmount } from '@daraa/kernel';
import { Cart } from './cart.js';
import { viewOf } from './cart-view.js';
import type { Offer, OfferedVariant } from './cart-view.js';

const at = new Date('2026-03-01T09:00:00Z');
const usd = (amount: number): MoneyAmount => ({ amount, currency: 'USD' });

const stores = {
  petra: { id: 'sto_petra', name: { en: 'Petra Pantry', ar: 'مونة البتراء' }, slug: 'petra-pantry' },
  aqaba: { id: 'sto_aqaba', name: { en: 'Aqaba Reef' }, slug: 'aqaba-reef' },
};

function offer(store: OfferedVariant['store'], price: number, available: number, sellable = true): Offer {
  const variant = { variantId: 'x', productId: 'prod_x', store, name: { en: 'Soap' }, slug: 'soap', sku: 'S', options: { size: 'M' }, image: null };
  return { variant: { ...variant, price: usd(price), sellable }, available };
}

function view(offers: Record<string, Offer>, quantities: Record<string, number>) {
  const cart = Cart.open('cart_x', { type: 'account', id: 'acc_x' }, 'fil_x', at);
  for (const [variantId, quantity] of Object.entries(quantities)) cart.add({ variantId, quantity }, usd(1000), 99, at);
  return viewOf(cart, (variantId) => offers[variantId] ?? { variant: undefined, available: 0 }, 'JOD');
}

describe('the view of a cart', () => {
  it('groups items by store and adds them up at today’s prices', () => {
    const offers = { var_a: offer(stores.petra, 1000, 50), var_b: offer(stores.aqaba, 1000, 50), var_c: offer(stores.petra, 1000, 50) };
    const { groups, itemCount, subtotal, warnings } = view(offers, { var_a: 2, var_b: 1, var_c: 3 });
    expect(groups.map(({ store, items }) => [store.slug, items.map((item) => item.variantId)])).toEqual([
      ['petra-pantry', ['var_a', 'var_c']],
      ['aqaba-reef', ['var_b']],
    ]);
    expect(groups[0]?.items[0]).toMatchObject({ unitPrice: usd(1000), quantity: 2, lineTotal: usd(2000), available: 50, options: { size: 'M' } });
    expect({ itemCount, subtotal, warnings }).toEqual({ itemCount: 6, subtotal: usd(6000), warnings: [] });
  });

  it('of an empty cart costs nothing in the currency of the platform', () => {
    expect(view({}, {})).toMatchObject({ groups: [], itemCount: 0, subtotal: { amount: 0, currency: 'JOD' }, warnings: [] });
  });

  it('shows a changed price, and what it was', () => {
    const { warnings, subtotal } = view({ var_a: offer(stores.petra, 1250, 50) }, { var_a: 2 });
    expect(subtotal).toEqual(usd(2500));
    expect(warnings).toMatchObject([
      { code: 'PRICE_CHANGED', previousPrice: usd(1000), message: 'The price was 10.00 USD and is 12.50 USD now.' },
    ]);
  });

  it('shows that fewer are left than are wanted', () => {
    expect(view({ var_a: offer(stores.petra, 1000, 1) }, { var_a: 2 }).warnings).toMatchObject([{ code: 'INSUFFICIENT_STOCK', available: 1 }]);
    expect(view({ var_a: offer(stores.petra, 1000, 0) }, { var_a: 2 }).warnings).toMatchObject([{ message: 'This is sold out.', available: 0 }]);
  });

  it('shows that something is not for sale, and nothing else about it', () => {
    const { groups, warnings } = view({ var_a: offer(stores.petra, 1250, 50, false) }, { var_a: 2 });
    expect(warnings.map((warning) => warning.code)).toEqual(['NOT_AVAILABLE']);
    expect(groups[0]?.items[0]).toMatchObject({ available: 0 });
  });

  it('names what the catalog no longer knows in the warnings alone', () => {
    const { groups, warnings, subtotal } = view({ var_a: offer(stores.petra, 1000, 5) }, { var_a: 1, var_gone: 1 });
    expect(groups).toHaveLength(1);
    expect(subtotal).toEqual(usd(1000));
    expect(warnings).toMatchObject([{ variantId: 'var_gone', code: 'NOT_AVAILABLE' }]);
  });
});
