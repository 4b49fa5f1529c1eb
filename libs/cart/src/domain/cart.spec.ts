import fc from 'fast-check';
import { isDomainError } from '@daraa/kernel';
import type { Actor } from '@daraa/kernel';
import { Cart } from './cart.js';
import type { GuestFill, TakenFill } from './cart.js';

const at = new Date('2026-03-01T09:00:00Z');
const customer: Actor = { type: 'account', id: 'acc_01jc4yqz8ke5f9h0mns2bvx6tw' };
const guest: Actor = { type: 'guest', id: 'cart_000000000001jc4yqz8ke5f9h0' };
const price = { amount: 1000, currency: 'USD' };
const plenty = () => 1000;
const day = 86_400_000;

let fills = 0;
const aFill = () => `fil_${(fills += 1)}`;
const aCart = (owner: Actor = customer) => Cart.open('cart_01jc4yqz8ke5f9h0mns2bvx6tw', owner, aFill(), at);

function linesOf(cart: Cart): Record<string, number> {
  return Object.fromEntries(cart.items.map((item) => [item.variantId, item.quantity]));
}

function cartWith(lines: Record<string, number>, owner: Actor = customer): Cart {
  const cart = aCart(owner);
  for (const [variantId, quantity] of Object.entries(lines)) cart.add({ variantId, quantity }, price, 1000, at);
  return cart;
}

function codeOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

const itemIdOf = (cart: Cart, variantId: string) => cart.items.find((item) => item.variantId === variantId)?.itemId ?? 'itm_none';

describe('a cart', () => {
  it('holds each variant once: the same variant adds up, at the latest price', () => {
    const cart = cartWith({ var_a: 2 });
    const itemId = itemIdOf(cart, 'var_a');
    cart.add({ variantId: 'var_a', quantity: 3 }, { amount: 900, currency: 'USD' }, 10, at);
    expect(cart.items).toEqual([{ itemId, variantId: 'var_a', quantity: 5, priceWhenAdded: { amount: 900, currency: 'USD' }, addedAt: at }]);
  });

  it.each([0, -1, 100, 1_000_000])('takes no line of %s pieces', (quantity) => {
    expect(codeOf(() => aCart().add({ variantId: 'var_a', quantity }, price, 2_000_000, at))).toBe('QUANTITY_LIMIT');
  });

  it('takes up to 99 pieces a line, counting those that are in it', () => {
    const cart = cartWith({ var_a: 98 });
    expect(codeOf(() => cart.add({ variantId: 'var_a', quantity: 2 }, price, 1000, at))).toBe('QUANTITY_LIMIT');
    cart.add({ variantId: 'var_a', quantity: 1 }, price, 1000, at);
    expect(linesOf(cart)).toEqual({ var_a: 99 });
  });

  it('takes up to 200 different variants', () => {
    const cart = cartWith(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`var_${index}`, 1])));
    expect(codeOf(() => cart.add({ variantId: 'var_more', quantity: 1 }, price, 10, at))).toBe('CART_LIMIT');
    expect(codeOf(() => cart.add({ variantId: 'var_7', quantity: 1 }, price, 10, at))).toBeUndefined();
  });

  it('takes no more than there is, and says how many that are', () => {
    const cart = cartWith({ var_a: 3 });
    expect(() => cart.add({ variantId: 'var_a', quantity: 2 }, price, 4, at)).toThrow(
      expect.objectContaining({
        code: 'INSUFFICIENT_STOCK',
        details: [{ field: 'items.var_a', message: 'Only 4 left.' }],
        data: { shortages: [{ variantId: 'var_a', requested: 5, available: 4 }] },
      }),
    );
    expect(codeOf(() => cart.setQuantity(itemIdOf(cart, 'var_a'), 5, () => 4))).toBe('INSUFFICIENT_STOCK');
  });

  it('sets the pieces of an item, and takes it out for none', () => {
    const cart = cartWith({ var_a: 3, var_b: 1 });
    cart.setQuantity(itemIdOf(cart, 'var_a'), 7, plenty);
    expect(linesOf(cart)).toEqual({ var_a: 7, var_b: 1 });
    cart.setQuantity(itemIdOf(cart, 'var_a'), 0, plenty);
    expect(linesOf(cart)).toEqual({ var_b: 1 });
    expect(codeOf(() => cart.setQuantity(itemIdOf(cart, 'var_b'), 100, plenty))).toBe('QUANTITY_LIMIT');
  });

  it('knows no item that is not in it', () => {
    expect(codeOf(() => aCart().setQuantity('itm_none', 1, plenty))).toBe('CART_ITEM_NOT_FOUND');
    expect(codeOf(() => aCart().remove('itm_none'))).toBe('CART_ITEM_NOT_FOUND');
  });

  it.each([
    ["a customer's", customer, 30],
    ["a guest's", guest, 7],
  ])('%s, expires when it was not changed for its time, and is empty then', (_whose, owner, days) => {
    const cart = cartWith({ var_a: 1 }, owner);
    expect(cart.isExpired(new Date(at.getTime() + days * day - 1))).toBe(false);
    const expired = new Date(at.getTime() + days * day);
    expect(cart.isExpired(expired)).toBe(true);
    cart.touch(expired, aFill());
    expect(cart.items).toEqual([]);
    expect(cart.expiresAt).toEqual(new Date(expired.getTime() + days * day));
  });
});

describe("a guest's cart that is merged", () => {
  it('adds up, as far as stock and 99 pieces allow', () => {
    const cart = cartWith({ var_a: 3, var_b: 90, var_c: 1 });
    const brought = cartWith({ var_a: 5, var_b: 20, var_d: 2 }, guest);
    cart.absorb(brought.fill, (variantId) => (variantId === 'var_a' ? 6 : 1000));
    expect(linesOf(cart)).toEqual({ var_a: 6, var_b: 99, var_c: 1, var_d: 2 });
  });

  it('never makes a line smaller and loses none to an empty shelf, so that the buyer is told', () => {
    const cart = cartWith({ var_a: 5 });
    cart.absorb(cartWith({ var_a: 1, var_b: 4 }, guest).fill, () => 0);
    expect(linesOf(cart)).toEqual({ var_a: 5, var_b: 1 });
  });

  it('keeps what a full cart cannot take', () => {
    const cart = cartWith(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`var_${index}`, 1])));
    const brought = cartWith({ var_7: 1, var_more: 1 }, guest);
    const { fillId } = brought.fill;
    cart.absorb(brought.fill, plenty);
    brought.giveAway({ fillId, lines: cart.takenOf(fillId) });
    expect(linesOf(cart).var_7).toBe(2);
    expect(linesOf(brought)).toEqual({ var_more: 1 });
  });

  it('adds every piece exactly once, whatever is repeated, delayed or lost between the two writes', () => {
    // Each of three requests may read the guest's cart, write its own and empty the guest's, in this order, at any time; it may
    // die in between, and another one follows it.
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), variantId: fc.constantFrom('var_a', 'var_b') }),
      fc.record({ kind: fc.constant('go on' as const), request: fc.nat(2) }),
      fc.record({ kind: fc.constant('die' as const), request: fc.nat(2) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const own = aCart();
        const brought = aCart(guest);
        const added: Record<string, number> = {};
        const requests: { fill?: GuestFill; taken?: TakenFill }[] = [{}, {}, {}];
        const goOn = (index: number): void => {
          const { fill, taken } = requests[index] ?? {};
          if (taken) {
            brought.giveAway(taken);
            requests[index] = {};
          } else if (fill) {
            own.absorb(fill, plenty);
            requests[index] = { fill, taken: { fillId: fill.fillId, lines: own.takenOf(fill.fillId) } };
          } else requests[index] = { fill: brought.fill };
        };
        for (const each of steps) {
          if (each.kind === 'go on') goOn(each.request);
          if (each.kind === 'die') requests[each.request] = {};
          if (each.kind === 'add') {
            brought.touch(at, aFill());
            brought.add({ variantId: each.variantId, quantity: 1 }, price, 1000, at);
            added[each.variantId] = (added[each.variantId] ?? 0) + 1;
          }
        }
        requests[0] = {};
        for (let left = 3; left > 0; left -= 1) goOn(0);
        expect(brought.items).toEqual([]);
        expect(linesOf(own)).toEqual(added);
      }),
      { numRuns: 2000 },
    );
  });

  it('fills anew after it was emptied by hand', () => {
    const cart = aCart();
    const brought = cartWith({ var_a: 1 }, guest);
    cart.absorb(brought.fill, plenty);
    brought.clear();
    brought.touch(at, aFill());
    brought.add({ variantId: 'var_a', quantity: 1 }, price, 1000, at);
    cart.absorb(brought.fill, plenty);
    expect(linesOf(cart)).toEqual({ var_a: 2 });
  });
});

describe('what was bought', () => {
  it('leaves the cart once, and what was put in meanwhile stays', () => {
    const cart = cartWith({ var_a: 5, var_b: 2, var_c: 1 });
    const bought = [{ variantId: 'var_a', quantity: 3 }, { variantId: 'var_b', quantity: 2 }, { variantId: 'var_gone', quantity: 1 }];
    cart.dropPurchased('pur_1', bought);
    cart.dropPurchased('pur_1', bought);
    expect(linesOf(cart)).toEqual({ var_a: 2, var_c: 1 });
  });

  it('leaves the cart for each purchase of its own', () => {
    const cart = cartWith({ var_a: 5 });
    for (const purchaseId of ['pur_1', 'pur_2', 'pur_1', 'pur_2']) cart.dropPurchased(purchaseId, [{ variantId: 'var_a', quantity: 2 }]);
    expect(linesOf(cart)).toEqual({ var_a: 1 });
  });
});
